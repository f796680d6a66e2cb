//! Declares the shell's one command, so that a capability has to grant it.

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(&["rpc"]);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        // A build script speaks through its exit: there is nobody else to tell.
        panic!("the shell's configuration does not hold: {error:#}");
    }
}
