use gcore_iam::models::UserInvited;

pub fn main() -> UserInvited {
    UserInvited { status: "sent".to_owned(), user_id: 7, extra: Default::default() }
}
