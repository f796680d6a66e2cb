//! Telegram Desktop JSON: one chat (`{name, type, id, messages[]}`) or a whole account (`personal_information`,
//! `contacts.list`, `chats.list`, `left_chats.list`).
//!
//! Messages are streamed. Times are taken from `date_unixtime` (UTC); `date` is local without zone. Ids are
//! stable, display names are not: a person is keyed by the user id, and a name is only said of it. Contacts and
//! messages are read in `telegram/`. A tree format: a damaged file lands nothing.

mod contact;
mod message;

use std::collections::BTreeMap;

use fusion_model::{Locator, SourceKind, WarningCode};

use crate::error::{ErrorCode, ImportError};
use crate::importer::{Importer, Input, Likelihood, Probe};
use crate::json::{JsonReader, Node};
use crate::open;
use crate::records::warning;
use crate::sink::Sink;

/// Reads Telegram Desktop exports.
pub struct TelegramJson;

impl Importer for TelegramJson {
    fn id(&self) -> &'static str {
        "telegram-json"
    }

    fn label(&self) -> &'static str {
        "Telegram Desktop JSON"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Socmint
    }

    fn probe(&self, probe: &Probe<'_>) -> Likelihood {
        let outline = probe.outline();
        let is_chat = outline.json_object_has(&["type", "id", "messages"])
            && outline
                .json
                .as_ref()
                .and_then(|json| json.root.get("messages"))
                .is_some_and(|messages| {
                    messages.items().first().is_none_or(|first| {
                        first.get("date_unixtime").is_some() || first.get("text_entities").is_some()
                    })
                });
        let is_account = outline.json_object_has(&["personal_information.user_id"])
            || outline.json_object_has(&["chats.list", "about"])
            || outline.json_object_has(&["contacts.list", "about"]);
        Likelihood::certain_if(is_chat || is_account, "a chat or account of Telegram Desktop")
    }

    fn run(&self, mut input: Input<'_>, sink: &mut dyn Sink) -> Result<(), ImportError> {
        open::read(&mut input, sink, |opened, sink| {
            let mut walk = Walk {
                reader: JsonReader::new(opened.text),
                origin: None,
                account: None,
            };
            walk.root(sink)?;
            walk.reader.end()?;
            if let Some(origin) = walk.account.or(walk.origin) {
                sink.origin(format!("telegram:{origin}"));
            }
            Ok(())
        })
    }
}

/// Walks the export and remembers what it is an export of.
struct Walk<'w> {
    reader: JsonReader<'w>,
    origin: Option<String>,
    account: Option<String>,
}

/// Describes the chat in which a message stands.
#[derive(Debug, Default)]
struct Chat {
    id: String,
    name: String,
    kind: String,
    /// Author of each message met so far, for replies.
    authors: BTreeMap<String, String>,
}

impl Walk<'_> {
    /// Reads the root: the members of a chat, or the parts of an account.
    fn root(&mut self, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let mut chat = Chat::default();
        let mut waiting: Vec<Node> = Vec::new();
        let mut has_parts = false;
        self.reader.enter_object()?;
        while let Some(key) = self.reader.next_key()? {
            match key.as_str() {
                "personal_information" => {
                    has_parts = true;
                    let node = self.reader.value()?;
                    self.account = Some(node.text_of("user_id").to_owned()).filter(|id| !id.is_empty());
                    sink.row_read()?;
                    let locator = Locator::Pointer {
                        pointer: "/personal_information".to_owned(),
                        line: node.line,
                    };
                    sink.observation(contact::observation(&node, locator))?;
                }
                "contacts" if self.reader.next_byte()? == Some(b'{') => {
                    has_parts = true;
                    self.list(&key, sink, |walk, pointer, sink| walk.contact(pointer, sink))?;
                }
                "chats" | "left_chats" if self.reader.next_byte()? == Some(b'{') => {
                    has_parts = true;
                    self.list(&key, sink, |walk, pointer, sink| walk.chat(&pointer, sink))?;
                }
                _ => self.member(&key, "", &mut chat, &mut waiting, sink)?,
            }
        }
        self.flush("", &mut chat, waiting, sink)?;
        if !has_parts && chat.id.is_empty() {
            return Err(ImportError::new(
                ErrorCode::WrongShape,
                "there is neither a chat nor an account in the file",
            ));
        }
        Ok(())
    }

    /// Walks the elements of `<key>.list`.
    fn list(
        &mut self,
        key: &str,
        sink: &mut dyn Sink,
        mut each: impl FnMut(&mut Self, String, &mut dyn Sink) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        self.reader.enter_object()?;
        while let Some(member) = self.reader.next_key()? {
            if member != "list" || self.reader.next_byte()? != Some(b'[') {
                self.reader.skip_value()?;
                continue;
            }
            self.reader.enter_array()?;
            let mut index = 0u64;
            while self.reader.next_item()? {
                each(self, format!("/{key}/list/{index}"), sink)?;
                index += 1;
            }
        }
        Ok(())
    }

    fn contact(&mut self, pointer: String, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let node = self.reader.value()?;
        sink.row_read()?;
        let locator = Locator::Pointer {
            pointer,
            line: node.line,
        };
        Ok(sink.observation(contact::observation(&node, locator))?)
    }

    fn chat(&mut self, base: &str, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let mut chat = Chat::default();
        let mut waiting = Vec::new();
        self.reader.enter_object()?;
        while let Some(key) = self.reader.next_key()? {
            self.member(&key, base, &mut chat, &mut waiting, sink)?;
        }
        self.flush(base, &mut chat, waiting, sink)
    }

    /// Reads one member of a chat. Messages that stand before the id of their chat wait for it.
    fn member(
        &mut self,
        key: &str,
        base: &str,
        chat: &mut Chat,
        waiting: &mut Vec<Node>,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        let slot = match key {
            "id" => &mut chat.id,
            "name" => &mut chat.name,
            "type" => &mut chat.kind,
            "messages" if self.reader.next_byte()? == Some(b'[') => {
                self.reader.enter_array()?;
                let mut index = 0u64;
                while self.reader.next_item()? {
                    let node = self.reader.value()?;
                    if chat.id.is_empty() {
                        waiting.push(node);
                    } else {
                        message(&node, base, index, chat, sink)?;
                    }
                    index += 1;
                }
                return Ok(());
            }
            _ => return self.reader.skip_value(),
        };
        *slot = self.reader.value()?.text().unwrap_or_default().to_owned();
        Ok(())
    }

    fn flush(
        &mut self,
        base: &str,
        chat: &mut Chat,
        waiting: Vec<Node>,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        for (index, node) in waiting.iter().enumerate() {
            message(node, base, index as u64, chat, sink)?;
        }
        if !chat.id.is_empty() && self.origin.is_none() {
            self.origin = Some(chat.id.clone());
        }
        Ok(())
    }
}

fn message(node: &Node, base: &str, index: u64, chat: &mut Chat, sink: &mut dyn Sink) -> Result<(), ImportError> {
    sink.row_read()?;
    let locator = Locator::Pointer {
        pointer: format!("{base}/messages/{index}"),
        line: node.line,
    };
    match message::observation(node, locator.clone(), chat) {
        Some(observation) => sink.observation(observation)?,
        None => sink.warning(warning(WarningCode::RowSkipped, locator, "the message names no author"))?,
    }
    Ok(())
}
