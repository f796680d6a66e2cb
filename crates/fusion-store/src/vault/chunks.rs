//! A stream of authenticated chunks: 64 KiB each, AES-256-GCM, counted nonces, a flag on the last one.
//!
//! Cutting the stream off, swapping, dropping or repeating chunks is an error, never a shorter file. A key serves one
//! stream only, so the counter is a sufficient nonce (the layout of age's payload).

use std::io::{self, BufRead, BufReader, Read, Write};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::error::Result;
use crate::secret::Key;

const MAGIC: &[u8; 8] = b"FUSNVLT1";
const PLAIN_LEN: usize = 64 * 1024;
const TAG_LEN: usize = 16;

fn nonce(counter: u64, last: Last) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[3..11].copy_from_slice(&counter.to_be_bytes());
    bytes[11] = u8::from(last == Last::Yes);
    Nonce::assume_unique_for_key(bytes)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Yes,
    No,
}

fn cipher(key: &Key) -> Result<LessSafeKey> {
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.bytes())?))
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a chunk of the vault fails its check")
}

/// Encrypts what is written to it.
pub(super) struct ChunkSealer<W> {
    out: W,
    key: LessSafeKey,
    plain: Vec<u8>,
    counter: u64,
}

impl<W: Write> ChunkSealer<W> {
    /// Starts a stream.
    pub(super) fn new(mut out: W, key: &Key) -> Result<Self> {
        let key = cipher(key)?;
        out.write_all(MAGIC).map_err(crate::Error::io("writing to the vault"))?;
        Ok(Self {
            out,
            key,
            plain: Vec::with_capacity(PLAIN_LEN + TAG_LEN),
            counter: 0,
        })
    }

    /// Writes the last chunk and returns what was written to.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.seal(Last::Yes)?;
        Ok(self.out)
    }

    fn seal(&mut self, last: Last) -> io::Result<()> {
        self.key
            .seal_in_place_append_tag(nonce(self.counter, last), Aad::from(MAGIC), &mut self.plain)
            .map_err(|_| broken())?;
        self.out.write_all(&self.plain)?;
        self.plain.clear();
        self.counter += 1;
        Ok(())
    }
}

impl<W: Write> Write for ChunkSealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.plain.len() == PLAIN_LEN {
            self.seal(Last::No)?;
        }
        let taken = bytes.len().min(PLAIN_LEN - self.plain.len());
        self.plain.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Decrypts and checks what it reads.
pub(super) struct ChunkOpener<R> {
    input: BufReader<R>,
    key: LessSafeKey,
    chunk: Vec<u8>,
    read: usize,
    plain: usize,
    counter: u64,
    last: Last,
}

impl<R: Read> ChunkOpener<R> {
    /// Starts reading a stream.
    pub(super) fn new(input: R, key: &Key) -> Result<Self> {
        let key = cipher(key)?;
        let mut input = BufReader::with_capacity(PLAIN_LEN, input);
        let mut magic = [0; MAGIC.len()];
        let complete = input.read_exact(&mut magic).is_ok();
        if !complete || magic != *MAGIC {
            return Err(crate::Error::damaged("a file of the vault does not begin as one"));
        }
        let chunk = Vec::with_capacity(PLAIN_LEN + TAG_LEN);
        Ok(Self {
            input,
            key,
            chunk,
            read: 0,
            plain: 0,
            counter: 0,
            last: Last::No,
        })
    }

    fn next_chunk(&mut self) -> io::Result<()> {
        self.chunk.clear();
        let limit = (PLAIN_LEN + TAG_LEN) as u64;
        (&mut self.input).take(limit).read_to_end(&mut self.chunk)?;
        self.last = if self.input.fill_buf()?.is_empty() {
            Last::Yes
        } else {
            Last::No
        };
        let plain = self
            .key
            .open_in_place(nonce(self.counter, self.last), Aad::from(MAGIC), &mut self.chunk)
            .map_err(|_| broken())?;
        (self.read, self.plain) = (0, plain.len());
        self.counter += 1;
        Ok(())
    }
}

impl<R: Read> Read for ChunkOpener<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.read == self.plain {
            if self.last == Last::Yes {
                return Ok(0);
            }
            self.next_chunk()?;
        }
        let taken = out.len().min(self.plain - self.read);
        out[..taken].copy_from_slice(&self.chunk[self.read..self.read + taken]);
        self.read += taken;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn sealed(plain: &[u8], key: &Key) -> Vec<u8> {
        let mut sealer = ChunkSealer::new(Vec::new(), key).unwrap();
        sealer.write_all(plain).unwrap();
        sealer.finish().unwrap()
    }

    fn opened(bytes: &[u8], key: &Key) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        let mut opener = ChunkOpener::new(bytes, key).map_err(io::Error::other)?;
        opener.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn streams_of_every_length_around_a_chunk_come_back() {
        let key = Key::random().unwrap();
        for length in [0, 1, PLAIN_LEN - 1, PLAIN_LEN, PLAIN_LEN + 1, 3 * PLAIN_LEN] {
            let plain: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
            assert_eq!(opened(&sealed(&plain, &key), &key).unwrap(), plain, "{length} bytes");
        }
    }

    #[test]
    fn a_stream_that_was_cut_extended_reordered_or_changed_is_refused() {
        let key = Key::random().unwrap();
        let whole = sealed(&vec![7; 2 * PLAIN_LEN + 5], &key);
        let chunk = PLAIN_LEN + TAG_LEN;
        let mut swapped = whole.clone();
        swapped[8..8 + 2 * chunk].rotate_left(chunk);
        let mut changed = whole.clone();
        changed[20] ^= 1;
        let cut = whole[..8 + chunk].to_vec();
        let longer = [whole.as_slice(), &[0]].concat();
        for (name, bytes) in [
            ("swapped", swapped),
            ("changed", changed),
            ("cut", cut),
            ("longer", longer),
        ] {
            assert!(opened(&bytes, &key).is_err(), "{name}");
        }
        assert!(opened(&whole, &Key::random().unwrap()).is_err());
    }
}
