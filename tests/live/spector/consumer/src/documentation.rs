//! Documents whose descriptions hold lists and formatted text: what is generated from them compiles and calls.

use documentation::models::{ListsBulletPointsEnum, ListsBulletPointsModel, ListsBulletPointsModelBody};

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    let client = client!(trial, documentation);
    let (lists, text) = (client.lists(), client.text_formatting());
    let model = ListsBulletPointsModel::new(ListsBulletPointsEnum::Simple);
    calls!(trial, "Documentation_";
        "Lists_bulletPointsOp": lists.bullet_points_op();
        "Lists_bulletPointsModel": lists.bullet_points_model(ListsBulletPointsModelBody::new(model));
        "Lists_numbered": lists.numbered();
        "TextFormatting_boldText": text.bold_text();
        "TextFormatting_italicText": text.italic_text();
        "TextFormatting_combinedFormatting": text.combined_formatting();
    );
}
