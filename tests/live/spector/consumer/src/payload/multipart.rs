//! Forms with files.

use payload_multipart::{models::*, File};

use crate::trial::Trial;

/// The files that scenarios send, under the names that they ask for.
struct Files<'t>(&'t Trial);

impl Files<'_> {
    fn jpeg(&self) -> File {
        self.named("image.jpg")
    }

    fn png(&self) -> File {
        self.named("image.png")
    }

    /// The image under another name.
    fn hello(&self) -> File {
        File::new(self.0.asset("image.jpg")).name("hello.jpg")
    }

    fn named(&self, name: &str) -> File {
        File::new(self.0.asset(name)).name(name)
    }
}

pub async fn run(trial: &Trial) {
    let client = client!(trial, payload_multipart);
    forms(trial, &client).await;
    parts(trial, &client).await;
}

async fn forms(trial: &Trial, client: &payload_multipart::Client) {
    let (files, form) = (Files(trial), client.form_data());
    let both = || MultiPartOptionalRequest::new().profile_image(files.jpeg());
    let pictures = || vec![files.png(), files.png()];
    let complex = ComplexPartsRequest::new(Address::new("X"), "123", pictures(), files.jpeg());
    let typed = MultiPartRequest::new("123", files.hello().content_type("image/jpg"));
    calls!(trial, "Payload_MultiPart_FormData_";
        "basic": form.basic(MultiPartRequest::new("123", files.jpeg()));
        "withWireName": form.with_wire_name(MultiPartRequestWithWireName::new("123", files.jpeg()));
        "optionalParts": form.optional_parts(MultiPartOptionalRequest::new().id("123"));
        "optionalParts": form.optional_parts(both());
        "optionalParts": form.optional_parts(both().id("123"));
        "fileArrayAndBasic": form.file_array_and_basic(complex);
        "jsonPart": form.json_part(JsonPartRequest::new(Address::new("X"), files.jpeg()));
        "binaryArrayParts": form.binary_array_parts(BinaryArrayPartsRequest::new("123", pictures()));
        "multiBinaryParts": form.multi_binary_parts(MultiBinaryPartsRequest::new(files.jpeg()));
        "multiBinaryParts":
            form.multi_binary_parts(MultiBinaryPartsRequest::new(files.jpeg()).picture(files.png()));
        "checkFileNameAndContentType": form.check_file_name_and_content_type(typed);
        "anonymousModel": form.anonymous_model(FormDataAnonymousModelBody::new(files.jpeg()));
    );
}

async fn parts(trial: &Trial, client: &payload_multipart::Client) {
    let files = Files(trial);
    let (content_type, file) = (client.content_type(), client.file());
    let binary = |file: File| file.content_type("application/octet-stream");
    let complex = ComplexHttpPartsModelRequest::new(
        Address::new("X"),
        "123",
        vec![binary(files.png()), binary(files.png())],
        vec![Address::new("Y"), Address::new("Z")],
        binary(files.jpeg()),
    );
    let specific = FileWithHttpPartSpecificContentTypeRequest::new(files.hello());
    let required = FileWithHttpPartRequiredContentTypeRequest::new(binary(files.jpeg()));
    let optional = FileWithHttpPartOptionalContentTypeRequest::new(binary(files.jpeg()));
    let (one, named) = (
        FileUploadFileSpecificContentTypeBody::new(files.png()),
        FileUploadFileRequiredFilenameBody::new(files.png()),
    );
    calls!(trial, "Payload_MultiPart_FormData_";
        "HttpParts_ContentType_imageJpegContentType": content_type.image_jpeg_content_type(specific);
        "HttpParts_ContentType_requiredContentType": content_type.required(required);
        "HttpParts_ContentType_optionalContentType": content_type.optional(optional);
        "HttpParts_jsonArrayAndFileArray": client.http_parts().json_array_and_file_array(complex);
        "HttpParts_NonString_float": client.non_string().float(NonStringFloatBody::new(0.5));
        "File_uploadFileSpecificContentType": file.upload_specific_content_type(one);
        "File_uploadFileRequiredFilename": file.upload_required_filename(named);
        "File_uploadFileArray": file.upload_array(FileUploadFileArrayBody::new(vec![files.png(), files.png()]));
    );
}
