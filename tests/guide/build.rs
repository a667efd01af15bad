//! Generates the client.

fn main() {
    cratewright::Builder::new("library.yaml").generate_to_out_dir().unwrap_or_exit();
}
