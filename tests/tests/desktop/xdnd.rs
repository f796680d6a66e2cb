//! A drag source for X11: drops files onto a window the way a file manager does.
//!
//! It speaks the XDND protocol, version 5: it owns the selection `XdndSelection`, tells the window of a drag that
//! enters, moves and drops, and hands the list of files over when the window asks for it. So a drop takes the same
//! way through GTK, the web view and the shell as a person's. There is no window manager on the test's display: the
//! program's window is found among the children of the root by its title, its process and its `XdndAware`.

use std::path::PathBuf;
use std::time::Instant;

use x11rb::CURRENT_TIME;
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, SelectionNotifyEvent,
    SelectionRequestEvent, Timestamp, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::webdriver::{LIMIT, wait_for};

const VERSION: u32 = 5;

x11rb::atom_manager! {
    /// The names that the protocol speaks with.
    Names: NamesCookie {
        XdndAware,
        XdndSelection,
        XdndEnter,
        XdndPosition,
        XdndStatus,
        XdndDrop,
        XdndFinished,
        XdndActionCopy,
        _NET_WM_NAME,
        _NET_WM_PID,
        UTF8_STRING,
        URIS: b"text/uri-list",
        CLOCK: b"_FUSION_TEST_CLOCK",
    }
}

/// A connection to the display, with a window to drag from.
pub struct Desk {
    pub(crate) x: RustConnection,
    pub(crate) root: Window,
    source: Window,
    names: Names,
}

impl Desk {
    /// Connects to the display of `DISPLAY`.
    pub fn open() -> Self {
        // A server that has just lost its last client starts over and refuses connections for a moment.
        let (x, screen) = wait_for("the display of DISPLAY", || RustConnection::connect(None).ok());
        let root = x.setup().roots[screen].root;
        let names = Names::new(&x).unwrap().reply().unwrap();
        let source = x.generate_id().unwrap();
        let aux = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        x.create_window(0, source, root, 0, 0, 1, 1, 0, WindowClass::INPUT_OUTPUT, 0, &aux)
            .unwrap();
        x.flush().unwrap();
        Self { x, root, source, names }
    }

    /// Waits for the window of a process that takes drops and bears a title.
    pub fn window_of(&self, process: u32, title: &str) -> Window {
        wait_for("the program's window on the display", || {
            let mut found = Vec::new();
            self.collect(self.root, &mut found);
            found.into_iter().find(|window| {
                self.cardinal(*window, self.names._NET_WM_PID) == Some(process)
                    && self.cardinal(*window, self.names.XdndAware).is_some()
                    && self.title(*window) == title
            })
        })
    }

    /// Lists the windows of a process that stand on the display by themselves.
    pub fn windows_of(&self, process: u32) -> Vec<Window> {
        let Some(tree) = self.x.query_tree(self.root).ok().and_then(|cookie| cookie.reply().ok()) else {
            return Vec::new();
        };
        let of_process = |window: &Window| self.cardinal(*window, self.names._NET_WM_PID) == Some(process);
        tree.children.into_iter().filter(of_process).collect()
    }

    fn collect(&self, window: Window, found: &mut Vec<Window>) {
        let Some(tree) = self.x.query_tree(window).ok().and_then(|cookie| cookie.reply().ok()) else {
            return;
        };
        for child in tree.children {
            found.push(child);
            self.collect(child, found);
        }
    }

    fn property(&self, window: Window, name: Atom, kind: Atom) -> Option<(Vec<u8>, Option<u32>)> {
        let answer = self
            .x
            .get_property(false, window, name, kind, 0, 256)
            .ok()?
            .reply()
            .ok()?;
        let number = answer.value32().and_then(|mut numbers| numbers.next());
        (answer.value_len > 0).then_some((answer.value, number))
    }

    fn cardinal(&self, window: Window, name: Atom) -> Option<u32> {
        self.property(window, name, AtomEnum::ANY.into())?.1
    }

    fn title(&self, window: Window) -> String {
        let modern = self.property(window, self.names._NET_WM_NAME, self.names.UTF8_STRING);
        let found = modern.or_else(|| self.property(window, AtomEnum::WM_NAME.into(), AtomEnum::ANY.into()));
        found
            .map(|(bytes, _)| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    /// Drags files over the middle of a window, drops them, and returns when the window has taken them.
    pub fn drop_files(&self, window: Window, files: &[PathBuf]) {
        let at = self.middle_of(window);
        let uris = uri_list(files);
        let now = self.server_time();
        self.x
            .set_selection_owner(self.source, self.names.XdndSelection, now)
            .unwrap();
        self.x
            .warp_pointer(x11rb::NONE, self.root, 0, 0, 0, 0, at.0 as i16, at.1 as i16)
            .unwrap();
        let position = at.0 << 16 | at.1;
        self.send(window, self.names.XdndEnter, [VERSION << 24, self.names.URIS, 0, 0]);
        self.send(
            window,
            self.names.XdndPosition,
            [0, position, now, self.names.XdndActionCopy],
        );

        // The window reads the list while the drag hovers; only then does it know what would be dropped.
        let mut progress = Progress::default();
        while !(progress.handed_over && progress.accepted) {
            let before = progress;
            self.answer_one(window, &uris, &mut progress);
            if progress.handed_over && !progress.accepted && progress.statuses != before.statuses {
                self.send(
                    window,
                    self.names.XdndPosition,
                    [0, position, now, self.names.XdndActionCopy],
                );
            }
        }
        self.send(window, self.names.XdndDrop, [0, now, 0, 0]);
        while !progress.finished {
            self.answer_one(window, &uris, &mut progress);
        }
    }

    fn middle_of(&self, window: Window) -> (u32, u32) {
        let size = self.x.get_geometry(window).unwrap().reply().unwrap();
        let half = |length: u16| i16::try_from(length / 2).expect("a window of a usual size");
        let place = self
            .x
            .translate_coordinates(window, self.root, half(size.width), half(size.height))
            .unwrap();
        let place = place.reply().unwrap();
        let positive = |at: i16| u32::try_from(at).expect("a window on the screen");
        (positive(place.dst_x), positive(place.dst_y))
    }

    /// The server's clock, told by a change to a property of our own.
    fn server_time(&self) -> Timestamp {
        self.x
            .change_property8(PropMode::APPEND, self.source, self.names.CLOCK, AtomEnum::STRING, b"")
            .unwrap();
        self.x.flush().unwrap();
        loop {
            if let Event::PropertyNotify(event) = self.next() {
                return if event.time == CURRENT_TIME { 1 } else { event.time };
            }
        }
    }

    fn next(&self) -> Event {
        let begun = Instant::now();
        loop {
            if let Some(event) = self.x.poll_for_event().unwrap() {
                return event;
            }
            assert!(begun.elapsed() < LIMIT, "the window does not answer the drag");
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    fn answer_one(&self, window: Window, uris: &str, progress: &mut Progress) {
        match self.next() {
            Event::SelectionRequest(request) if request.selection == self.names.XdndSelection => {
                progress.handed_over |= self.hand_over(&request, uris);
            }
            Event::ClientMessage(message) if message.data.as_data32()[0] == window => {
                let flags = message.data.as_data32()[1];
                if message.type_ == self.names.XdndStatus {
                    progress.statuses += 1;
                    progress.accepted = flags & 1 == 1;
                } else if message.type_ == self.names.XdndFinished {
                    progress.finished = true;
                }
            }
            _ => {}
        }
    }

    /// Writes the list where the window wants it; tells whether it asked for the list.
    fn hand_over(&self, request: &SelectionRequestEvent, uris: &str) -> bool {
        let wanted = request.target == self.names.URIS;
        if wanted {
            self.x
                .change_property8(
                    PropMode::REPLACE,
                    request.requestor,
                    request.property,
                    request.target,
                    uris.as_bytes(),
                )
                .unwrap();
        }
        let notice = SelectionNotifyEvent {
            response_type: x11rb::protocol::xproto::SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property: if wanted { request.property } else { x11rb::NONE },
        };
        self.x
            .send_event(false, request.requestor, EventMask::NO_EVENT, notice)
            .unwrap();
        self.x.flush().unwrap();
        wanted
    }

    fn send(&self, window: Window, kind: Atom, rest: [u32; 4]) {
        let message = ClientMessageEvent::new(32, window, kind, [self.source, rest[0], rest[1], rest[2], rest[3]]);
        self.x.send_event(false, window, EventMask::NO_EVENT, message).unwrap();
        self.x.flush().unwrap();
    }
}

/// How far a drag has come.
#[derive(Debug, Clone, Copy, Default)]
struct Progress {
    handed_over: bool,
    accepted: bool,
    statuses: u32,
    finished: bool,
}

fn uri_list(files: &[PathBuf]) -> String {
    let mut list = String::new();
    for file in files {
        list.push_str("file://");
        for byte in file.as_os_str().as_encoded_bytes() {
            if byte.is_ascii_alphanumeric() || b"/-._~".contains(byte) {
                list.push(char::from(*byte));
            } else {
                list.push_str(&format!("%{byte:02X}"));
            }
        }
        list.push_str("\r\n");
    }
    list
}
