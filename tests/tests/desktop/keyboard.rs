//! The keyboard of the test's display, and the system's file dialogs answered with it.
//!
//! There is no window manager: whoever wants the keys has to give them to a window first.

use std::path::Path;
use std::time::{Duration, Instant};

use x11rb::CURRENT_TIME;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    ConnectionExt as _, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Keycode, Keysym, MapState, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;

use crate::webdriver::wait_for;
use crate::xdnd::Desk;

const RETURN: Keysym = 0xff0d;
const SHIFT: Keysym = 0xffe1;
const CONTROL: Keysym = 0xffe3;
/// After so long the path is typed again.
const AGAIN: Duration = Duration::from_secs(3);

impl Desk {
    /// Types a path into the file dialog that a process is about to open, and waits until it is gone.
    ///
    /// `main` is the process's own window.
    pub fn choose(&self, process: u32, main: Window, path: &Path) {
        let open = || {
            let mut windows = self.windows_of(process).into_iter();
            windows.find(|window| *window != main && self.is_shown(*window))
        };
        let dialog = wait_for("a file dialog", open);
        wait_for("the keyboard", || {
            self.x
                .set_input_focus(InputFocus::PARENT, dialog, CURRENT_TIME)
                .unwrap();
            let focus = self.x.get_input_focus().unwrap().reply().unwrap().focus;
            (focus == dialog).then_some(())
        });
        // A slash opens the field for a path; the dialog may be slow to, and loses letters meanwhile.
        self.press('/' as Keysym, None);
        wait_for("the file dialog to go", || {
            self.press('a' as Keysym, Some(CONTROL));
            for letter in path.to_str().expect("a path in plain letters").chars() {
                self.press(letter as Keysym, None);
            }
            self.press(RETURN, None);
            let begun = Instant::now();
            while open().is_some() && begun.elapsed() < AGAIN {
                std::thread::sleep(Duration::from_millis(20));
            }
            open().is_none().then_some(())
        });
        self.x.set_input_focus(InputFocus::PARENT, main, CURRENT_TIME).unwrap();
        self.x.flush().unwrap();
    }

    /// Tells whether a window can be seen; the toolkit keeps others of a single pixel.
    fn is_shown(&self, window: Window) -> bool {
        let attributes = self.x.get_window_attributes(window).unwrap().reply();
        let size = self.x.get_geometry(window).unwrap().reply();
        attributes.is_ok_and(|attributes| attributes.map_state == MapState::VIEWABLE)
            && size.is_ok_and(|size| size.width > 100)
    }

    fn press(&self, symbol: Keysym, held: Option<Keysym>) {
        let (key, shifted) = self.key_of(symbol).expect("a key for this letter");
        let held = held.or(shifted.then_some(SHIFT));
        let held = held.map(|symbol| self.key_of(symbol).expect("a key to hold").0);
        let tell = |kind: u8, key: Keycode| {
            self.x.xtest_fake_input(kind, key, 0, self.root, 0, 0, 0).unwrap();
        };
        if let Some(held) = held {
            tell(KEY_PRESS_EVENT, held);
        }
        tell(KEY_PRESS_EVENT, key);
        tell(KEY_RELEASE_EVENT, key);
        if let Some(held) = held {
            tell(KEY_RELEASE_EVENT, held);
        }
        self.x.flush().unwrap();
    }

    /// The key that writes a symbol, and whether Shift has to be held.
    fn key_of(&self, symbol: Keysym) -> Option<(Keycode, bool)> {
        let setup = self.x.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let map = self.x.get_keyboard_mapping(first, last - first + 1).unwrap();
        let map = map.reply().unwrap();
        let rows = map.keysyms.chunks(usize::from(map.keysyms_per_keycode));
        rows.zip(first..).find_map(|(row, key)| {
            let level = row.iter().take(2).position(|each| *each == symbol)?;
            Some((key, level == 1))
        })
    }
}
