//! The document to reference-free views.
