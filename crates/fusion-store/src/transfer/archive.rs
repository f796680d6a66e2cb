//! The stream inside a package: plain `ustar` entries, in an order and form that leave nothing to interpret.
//!
//! ```text
//! manifest, manifest.sig, then every file of the manifest in its order, then `end`, then two empty blocks
//! ```
//!
//! The reader never takes a name, a type or a size from a header: it knows what must come and compares the header's
//! bytes with those that the writer would have written. So paths, links, devices, extensions of other tars, duplicates
//! and other orders are all the same thing: not the expected bytes.

use std::io::{self, Read, Write};

use tar::{EntryType, Header};

use super::Measured;
use crate::error::{Error, Result};
use fusion_model::StreamDigest;

/// Name of the entry that ends a package.
pub(super) const END: &str = "end";
const END_TEXT: &[u8] = b"fusion package ends\n";
const BLOCK: u64 = 512;
const BUFFER: usize = 256 * 1024;

/// Returns the only header that an entry may have.
fn header(name: &str, size: u64) -> Result<Header> {
    let mut header = Header::new_ustar();
    header
        .set_path(name)
        .map_err(|_| Error::conflict("a name does not fit into a package"))?;
    header.set_entry_type(EntryType::Regular);
    header.set_size(size);
    header.set_mode(0o600);
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header.set_cksum();
    Ok(header)
}

fn padding(size: u64) -> usize {
    ((BLOCK - size % BLOCK) % BLOCK) as usize
}

/// Writes entries.
pub(super) struct Writer<W> {
    out: W,
}

impl<W: Write> Writer<W> {
    /// Starts a stream.
    pub(super) fn new(out: W) -> Self {
        Self { out }
    }

    /// Writes a whole entry.
    pub(super) fn entry(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let measured = Measured {
            size: bytes.len() as u64,
            sha256: fusion_model::sha256(bytes),
        };
        self.stream(name, measured, &mut &bytes[..], &mut |_| Ok(()))
    }

    /// Streams an entry that was measured before; one that changed since is an error.
    pub(super) fn stream(
        &mut self,
        name: &str,
        expected: Measured,
        input: &mut dyn Read,
        watch: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<()> {
        let writing = "writing a package";
        let header = header(name, expected.size)?;
        self.out.write_all(header.as_bytes()).map_err(Error::io(writing))?;
        // One byte more than expected shows a file that has grown.
        let measured = super::pump(&mut input.take(expected.size + 1), &mut self.out, watch)?;
        if measured != expected {
            return Err(Error::damaged("a file changed while it was packed"));
        }
        let zeros = [0; BLOCK as usize];
        self.out
            .write_all(&zeros[..padding(expected.size)])
            .map_err(Error::io(writing))
    }

    /// Ends the stream and returns what was written to.
    pub(super) fn finish(mut self) -> Result<W> {
        self.entry(END, END_TEXT)?;
        self.out
            .write_all(&[0; 2 * BLOCK as usize])
            .map_err(Error::io("writing a package"))?;
        Ok(self.out)
    }
}

/// Reads entries, each of which the caller must name.
pub(super) struct Reader<R> {
    input: R,
}

impl<R: Read> Reader<R> {
    /// Starts reading a stream.
    pub(super) fn new(input: R) -> Self {
        Self { input }
    }

    /// Reads an entry whose size is not known before, up to `limit` bytes.
    pub(super) fn small(&mut self, name: &str, limit: u64) -> Result<Vec<u8>> {
        let found = self.block(name)?;
        let claimed = Header::from_byte_slice(&found).entry_size();
        let size = claimed.map_err(|_| unexpected(&found, name))?;
        if size > limit {
            return Err(damaged("an entry is larger than it may be", name));
        }
        require_header(&found, name, size)?;
        let mut bytes = Vec::new();
        let measured = self.content(name, size, &mut bytes, &mut |_| Ok(()))?;
        debug_assert_eq!(measured.size, size);
        Ok(bytes)
    }

    /// Streams an entry of known size and digest to `out`.
    pub(super) fn stream(
        &mut self,
        name: &str,
        expected: Measured,
        out: &mut dyn Write,
        watch: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<()> {
        let found = self.block(name)?;
        require_header(&found, name, expected.size)?;
        if self.content(name, expected.size, out, watch)? == expected {
            Ok(())
        } else {
            Err(damaged("an entry is not what its manifest says", name))
        }
    }

    /// Reads the end, after which nothing may follow.
    pub(super) fn finish(mut self) -> Result<()> {
        if self.small(END, END_TEXT.len() as u64)? != END_TEXT {
            return Err(damaged("an entry is not what its manifest says", END));
        }
        for _ in 0..2 {
            if self.block(END)? != [0; BLOCK as usize] {
                return Err(damaged("something follows the end", END));
            }
        }
        match self.input.read(&mut [0]) {
            Ok(0) => Ok(()),
            Ok(_) => Err(damaged("something follows the end", END)),
            Err(error) => Err(broken(error, END)),
        }
    }

    fn block(&mut self, name: &str) -> Result<[u8; BLOCK as usize]> {
        let mut block = [0; BLOCK as usize];
        self.input.read_exact(&mut block).map_err(|error| broken(error, name))?;
        Ok(block)
    }

    fn content(
        &mut self,
        name: &str,
        size: u64,
        out: &mut dyn Write,
        watch: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<Measured> {
        let mut digest = StreamDigest::new();
        let mut buffer = vec![0; BUFFER];
        let mut left = size;
        while left > 0 {
            let wanted = usize::try_from(left).unwrap_or(BUFFER).min(BUFFER);
            let count = match self.input.read(&mut buffer[..wanted]) {
                Ok(0) => return Err(damaged("it is cut short", name)),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(broken(error, name)),
            };
            digest.update(&buffer[..count]);
            out.write_all(&buffer[..count]).map_err(Error::io("unpacking"))?;
            left -= count as u64;
            watch(size - left)?;
        }
        let mut rest = [0; BLOCK as usize];
        let rest = &mut rest[..padding(size)];
        self.input.read_exact(rest).map_err(|error| broken(error, name))?;
        if rest.iter().any(|byte| *byte != 0) {
            return Err(damaged("something hides behind an entry", name));
        }
        Ok(Measured {
            size,
            sha256: digest.finish(),
        })
    }
}

/// Names what is wrong with a package.
pub(super) fn damaged(what: &'static str, entry: &str) -> Error {
    Error::DamagedPackage {
        what,
        entry: entry.escape_debug().take(120).collect(),
    }
}

fn require_header(found: &[u8; BLOCK as usize], name: &str, size: u64) -> Result<()> {
    if found == header(name, size)?.as_bytes() {
        Ok(())
    } else {
        Err(unexpected(found, name))
    }
}

/// Names the entry that stands where another one must.
fn unexpected(found: &[u8; BLOCK as usize], expected: &str) -> Error {
    let name: Vec<u8> = found.iter().take(100).take_while(|byte| **byte != 0).copied().collect();
    let name = String::from_utf8_lossy(&name);
    if name == expected {
        return damaged("an entry is not a plain file of the expected size", &name);
    }
    damaged("an entry stands where another one must", &name)
}

/// Tells a damaged stream from trouble of the system.
fn broken(error: io::Error, name: &str) -> Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => damaged("it is cut short or changed", name),
        _ => Error::io("reading a package")(error),
    }
}
