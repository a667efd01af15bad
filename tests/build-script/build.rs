//! Generates the clients.

fn main() {
    for document in ["library.yaml", "parameters.yaml"] {
        cratewright::Builder::new(document).generate_to_out_dir().unwrap_or_exit();
    }
}
