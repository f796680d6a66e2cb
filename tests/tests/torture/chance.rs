//! Chance that can be repeated: one seed per run, printed, and a small generator of one's own.

/// Draws numbers from a seed (SplitMix64).
pub struct Chance(u64);

impl Chance {
    /// Starts from the seed of the run, told apart by `name`; prints it.
    pub fn new(name: &str) -> Self {
        let seed = match std::env::var("FUSION_TORTURE_SEED") {
            Ok(text) => text.parse().unwrap(),
            Err(_) => std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64,
        };
        println!("{name}: FUSION_TORTURE_SEED={seed}");
        let salt = name.bytes().fold(0u64, |sum, byte| {
            sum.wrapping_mul(0x0100_0000_01b3).wrapping_add(byte.into())
        });
        Self(seed ^ salt)
    }

    /// Draws a number below `limit`, which is not zero.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    /// Draws `count` of the items, or all of them, in their order.
    pub fn some_of<T: Clone>(&mut self, items: &[T], count: usize) -> Vec<T> {
        let mut left = count.min(items.len());
        let mut chosen = Vec::with_capacity(left);
        for (index, item) in items.iter().enumerate() {
            if left > 0 && self.below((items.len() - index) as u64) < left as u64 {
                chosen.push(item.clone());
                left -= 1;
            }
        }
        chosen
    }
}
