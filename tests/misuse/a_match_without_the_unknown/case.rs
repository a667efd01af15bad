use gcore_iam::models::UserType;

pub fn main(kind: UserType) -> &'static str {
    match kind {
        UserType::Common => "common",
        UserType::Reseller => "reseller",
        UserType::Seller => "seller",
    }
}
