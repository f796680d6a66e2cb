//! Work in numbered pieces on all processors, its results in the order of the numbers.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Works on the pieces `0..count` and returns their results in order.
pub(crate) fn in_parallel<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    in_parallel_with(count, || (), |(), piece| work(piece))
}

/// Works on the pieces `0..count` and returns their results in order; each worker keeps a desk of its own between pieces.
pub(crate) fn in_parallel_with<D, T: Send>(
    count: usize,
    desk: impl Fn() -> D + Sync,
    work: impl Fn(&mut D, usize) -> T + Sync,
) -> Vec<T> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(count);
    if workers < 2 {
        let mut desk = desk();
        return (0..count).map(|piece| work(&mut desk, piece)).collect();
    }
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut results: Vec<(usize, T)> = Vec::with_capacity(count);
    thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, next, work, desk) = (sender.clone(), &next, &work, &desk);
            scope.spawn(move || {
                let mut desk = desk();
                loop {
                    let piece = next.fetch_add(1, Ordering::Relaxed);
                    if piece >= count || sender.send((piece, work(&mut desk, piece))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        results.extend(receiver);
    });
    results.sort_unstable_by_key(|result| result.0);
    results.into_iter().map(|result| result.1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_pieces() {
        assert_eq!(
            in_parallel(1_000, |piece| piece * piece),
            (0..1_000).map(|piece| piece * piece).collect::<Vec<_>>()
        );
        assert!(in_parallel(0, |piece| piece).is_empty());
    }
}
