//! Crafted packages: whoever can seal one for us can put anything into it. Nothing of it may reach the disk.
//!
//! An ordinary run tries a sample; with `FUSION_TORTURE=1` all of them.

use std::io::{Read as _, Write as _};
use std::path::Path;

use age::secrecy::ExposeSecret as _;
use fusion_model::ContentHasher;
use fusion_store::{Arrival, KdfProfile, Machine, PackOrder, PackageKey, Sealing, Unwatched, unpack};
use tar::{EntryType, Header};

use crate::backups::{Ground, later, tree};
use crate::builders::passphrase;

const NAMES: &[&str] = &[
    "../escape",
    "../../escape",
    "/tmp/fusion-escape",
    "vault/../../escape",
    "vault/../escape",
    "vault\\..\\escape",
    "..\\escape",
    "C:\\escape",
    "CON",
    "vault/NUL",
    "vault/AABBCCDDEEFF00112233445566778899",
    "vault/aabbccddeeff0011223344556677889",
    "vault/aabbccddeeff00112233445566778899",
    "Evidence.db",
    "evidence.db/",
    "evidence.db ",
    "./evidence.db",
    "evidence.db",
    "case.keys",
    "manifest",
    "vault",
    "vault/",
    "",
    "\u{202e}bd.ecnedive",
    "a-name-that-goes-on-and-on/a-name-that-goes-on-and-on/a-name-that-goes-on-and-on/a-name-that-goes",
];

const TYPES: &[EntryType] = &[
    EntryType::Link,
    EntryType::Symlink,
    EntryType::Directory,
    EntryType::Fifo,
    EntryType::Char,
    EntryType::Block,
    EntryType::Continuous,
    EntryType::XHeader,
    EntryType::XGlobalHeader,
    EntryType::GNULongName,
    EntryType::GNULongLink,
    EntryType::GNUSparse,
];

/// One entry of the stream, as a header and the blocks that follow it.
#[derive(Clone)]
struct Part {
    header: Header,
    content: Vec<u8>,
}

impl Part {
    fn new(name: &str, content: &[u8], kind: EntryType) -> Self {
        let mut header = Header::new_ustar();
        let field = &mut header.as_mut_bytes()[..100];
        let length = name.len().min(100);
        field[..length].copy_from_slice(&name.as_bytes()[..length]);
        header.set_entry_type(kind);
        header.set_size(content.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        header.set_cksum();
        Self {
            header,
            content: content.to_vec(),
        }
    }

    fn name(&self) -> String {
        String::from_utf8_lossy(&self.header.path_bytes()).into_owned()
    }
}

fn parts(mut stream: &[u8]) -> Vec<Part> {
    let mut parts = Vec::new();
    while stream.len() > 1024 {
        let (block, rest) = stream.split_at(512);
        let header = Header::from_byte_slice(block).clone();
        let size = usize::try_from(header.entry_size().unwrap()).unwrap();
        parts.push(Part {
            header,
            content: rest[..size].to_vec(),
        });
        stream = &rest[size.next_multiple_of(512)..];
    }
    parts
}

fn stream(parts: &[Part]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(part.header.as_bytes());
        bytes.extend_from_slice(&part.content);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

/// Puts a manifest in place of the one that was there, signed by somebody.
fn with_manifest(good: &[Part], machine: &Machine, text: &str) -> Vec<Part> {
    let identity = machine.identity().unwrap();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let digest = ContentHasher::new("package manifest v1").part(text.as_bytes()).finish();
    let signature = format!(
        "fusion signature 1\n{}\n{}\n",
        hex(&identity.public_key()),
        hex(&identity.sign(&digest))
    );
    let mut parts = good.to_vec();
    parts[0] = Part::new("manifest", text.as_bytes(), EntryType::Regular);
    parts[1] = Part::new("manifest.sig", signature.as_bytes(), EntryType::Regular);
    parts
}

/// Everything that is tried: what it is, and the stream.
fn crafted(good: &[Part], machine: &Machine) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let last = good.len() - 1;
    for name in NAMES {
        for at in 0..=last {
            let mut renamed = good.to_vec();
            renamed[at] = Part::new(name, &good[at].content, EntryType::Regular);
            if good[at].name() != *name {
                all.push((format!("{name:?} in place of entry {at}"), stream(&renamed)));
            }
            let mut added = good.to_vec();
            added.insert(at, Part::new(name, b"planted", EntryType::Regular));
            all.push((format!("{name:?} before entry {at}"), stream(&added)));
        }
    }
    for kind in TYPES {
        for at in 0..=last {
            let mut changed = good.to_vec();
            changed[at] = Part::new(&good[at].name(), &good[at].content, *kind);
            all.push((format!("{kind:?} as entry {at}"), stream(&changed)));
        }
        let mut added = good.to_vec();
        added.insert(2, Part::new("././@LongLink", b"../escape\0", *kind));
        all.push((format!("{kind:?} before entry 2"), stream(&added)));
    }
    for at in 0..=last {
        let mut shorter = good.to_vec();
        shorter.remove(at);
        all.push((format!("without entry {at}"), stream(&shorter)));
        let mut twice = good.to_vec();
        twice.insert(at, good[at].clone());
        all.push((format!("entry {at} twice"), stream(&twice)));
        let mut longer = good.to_vec();
        let content = [good[at].content.as_slice(), b"more"].concat();
        longer[at] = Part::new(&good[at].name(), &content, EntryType::Regular);
        all.push((format!("entry {at} longer"), stream(&longer)));
        let mut other = good.to_vec();
        let turned: Vec<u8> = good[at].content.iter().map(|byte| byte ^ 1).collect();
        other[at] = Part::new(&good[at].name(), &turned, EntryType::Regular);
        all.push((format!("entry {at} with other content"), stream(&other)));
        if at > 0 {
            let mut swapped = good.to_vec();
            swapped.swap(at - 1, at);
            all.push((format!("entries {} and {at} swapped", at - 1), stream(&swapped)));
        }
    }
    all.push((
        "bytes behind the end".to_owned(),
        [stream(good), b"more".to_vec()].concat(),
    ));
    let manifest = String::from_utf8(good[0].content.clone()).unwrap();
    let original = good[3].name();
    for name in NAMES {
        let renamed = with_manifest(
            good,
            machine,
            &manifest.replace(&format!("file {original} "), &format!("file {name} ")),
        );
        let mut followed = renamed.clone();
        followed[3] = Part::new(name, &good[3].content, EntryType::Regular);
        all.push((format!("{name:?} listed"), stream(&renamed)));
        all.push((format!("{name:?} listed and sent"), stream(&followed)));
    }
    let huge = with_manifest(
        good,
        machine,
        &manifest.replace("file evidence.db ", "file evidence.db 9999999"),
    );
    all.push(("a size beyond everything".to_owned(), stream(&huge)));
    let keys = manifest.lines().find(|line| line.starts_with("keys ")).unwrap();
    let zeros = with_manifest(
        good,
        machine,
        &manifest.replace(keys, &format!("keys {0} {0}", "0".repeat(64))),
    );
    all.push(("other keys".to_owned(), stream(&zeros)));
    let case = manifest.lines().find(|line| line.starts_with("case ")).unwrap();
    let other = with_manifest(
        good,
        machine,
        &manifest.replace(case, &format!("case {}", "0".repeat(32))),
    );
    all.push(("another case".to_owned(), stream(&other)));
    all
}

fn seal(file: &Path, recipient: &age::x25519::Recipient, stream: &[u8]) {
    let sealed = age::Encryptor::with_recipients(std::iter::once(recipient as _)).unwrap();
    let mut writer = sealed.wrap_output(std::fs::File::create(file).unwrap()).unwrap();
    writer.write_all(stream).unwrap();
    writer.finish().unwrap();
}

#[test]
fn a_crafted_package_writes_nothing_anywhere() {
    let ground = Ground::new();
    let case = ground.case("case");
    let identity = age::x25519::Identity::generate();
    let file = ground.at("crafted.fusionpack");
    let order = PackOrder {
        sealing: &Sealing::Recipients(vec![identity.to_public().to_string()]),
        selection: None,
        reason: "to be crafted",
        stamp: &later(1),
    };
    case.pack(&file, &order, &Unwatched).unwrap();
    case.close().unwrap();
    let mut plain = Vec::new();
    let opened = age::Decryptor::new(std::fs::File::open(&file).unwrap()).unwrap();
    let mut reader = opened.decrypt(std::iter::once(&identity as _)).unwrap();
    reader.read_to_end(&mut plain).unwrap();
    let good = parts(&plain);
    assert_eq!(stream(&good), plain);

    let secret = passphrase(identity.to_string().expose_secret());
    let (target, chosen) = (ground.at("target"), passphrase("six green kettles"));
    let arrival = Arrival {
        stamp: &later(2),
        machine: Some(&ground.machine),
    };
    let unpacked = || {
        let opener = (&chosen, KdfProfile::for_tests());
        unpack(
            (&file, PackageKey::Identity(&secret)),
            &target,
            opener,
            arrival,
            &Unwatched,
        )
    };
    let all = crafted(&good, &ground.machine);
    assert!(all.len() >= 300, "{}", all.len());
    let step = if std::env::var_os("FUSION_TORTURE").is_some() {
        1
    } else {
        15
    };
    for (what, bytes) in all.iter().step_by(step) {
        seal(&file, &identity.to_public(), bytes);
        let before = tree(ground.folder.path());
        let refused = unpacked().map(|_| "unpacked").unwrap_err();
        assert_eq!(refused.code(), "damaged-package", "{what}: {refused}");
        assert_eq!(tree(ground.folder.path()), before, "{what}");
        assert!(!Path::new("/tmp/fusion-escape").exists(), "{what}");
    }
    seal(&file, &identity.to_public(), &plain);
    unpacked().unwrap();
}
