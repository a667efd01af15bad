//! Where the server is: absent, fixed, or with variables.

use crate::trial::Trial;

pub async fn run(trial: &Trial) {
    let client = client!(trial, server_endpoint_not_defined);
    trial.gives("Server_Endpoint_NotDefined_valid", client.server().valid(), ()).await;

    let client = client!(trial, server_path_single);
    trial.gives("Server_Path_Single_myOp", client.server().my_op(), ()).await;

    let client = versioned!(trial, server_path_multiple_v1_0, api_version, "v1.0");
    calls!(trial, "Server_Path_Multiple_";
        "noOperationParams": client.no_operation_params();
        "withOperationPathParam": client.with_operation_path_param("test");
    );

    let client = client!(trial, server_versions_not_versioned);
    calls!(trial, "Server_Versions_NotVersioned_";
        "withoutApiVersion": client.server().without_api_version();
        "withPathApiVersion": client.server().with_path_api_version("v1.0");
        "withQueryApiVersion": client.server().with_query_api_version("v1.0");
    );

    let client = client!(trial, server_versions_versioned_2022_12_01_preview);
    let old = client!(trial, server_versions_versioned_2021_01_01_preview);
    calls!(trial, "Server_Versions_Versioned_";
        "withoutApiVersion": client.server().without_api_version();
        "withPathApiVersion": client.server().with_path_api_version("2022-12-01-preview");
        "withQueryApiVersion": client.server().with_query_api_version("2022-12-01-preview");
        "withQueryOldApiVersion": old.server().with_query_old_api_version("2021-01-01-preview");
    );
}
