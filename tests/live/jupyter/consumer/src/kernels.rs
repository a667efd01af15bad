//! Kernels and the sessions that belong to them.

use jupyter_client::{
    Client,
    models::{Kernel, PostApiKernelsBody, Session},
};

use crate::run::Run;

/// Calls all of it. No kernel runs before.
pub async fn run(run: &mut Run, client: &Client) {
    let kernels = client.kernels();
    run.read("no kernels", kernels.list(), &[], |list, _| assert!(list.is_empty())).await;
    let kernel = start(run, client, "kernel started").await;
    let id = kernel.id;
    let same =
        |it: &Kernel| assert_eq!((it.id, it.name.as_str(), it.connections), (id, "python3", Some(0.0)));
    run.read("kernels", kernels.list(), &[], |list, _| {
        assert_eq!(list.len(), 1);
        list.iter().for_each(same);
    })
    .await;
    // the reply comes once the kernel has answered, so that the interrupt does not meet one that is still starting
    run.read("kernel restarted", kernels.restart(id), &[], |it, _| same(it)).await;
    run.take("kernel interrupted", kernels.interrupt(id)).await;
    run.read("kernel", kernels.get(id), &[], |it, _| {
        same(it);
        assert!(it.last_activity.is_some() && it.execution_state.is_some(), "{it:?}");
    })
    .await;
    run.take("kernel stopped", kernels.delete(id)).await;
    run.refuse("kernel that is not there", kernels.get(id), 404).await;

    let kernel = start(run, client, "kernel for a session started").await;
    sessions(run, client, kernel).await;
    run.read("no kernels left", kernels.list(), &[], |list, _| assert!(list.is_empty())).await;
}

async fn start(run: &mut Run, client: &Client, name: &str) -> Kernel {
    let mut started = None;
    let call = client.kernels().create().body(PostApiKernelsBody::new("python3"));
    run.read(name, call, &[], |kernel, _| {
        assert_eq!(kernel.name, "python3");
        started = Some(kernel.clone());
    })
    .await;
    started.expect("a kernel is documented as it is")
}

/// A session takes over the kernel, and ends it.
async fn sessions(run: &mut Run, client: &Client, kernel: Kernel) {
    let sessions = client.sessions();
    run.read("no sessions", sessions.list(), &[], |list, _| assert!(list.is_empty())).await;
    let wanted = Session::new().path("n.ipynb").name("n").r#type("notebook").kernel(kernel.clone());
    let mut id = None;
    run.read("session started", sessions.create().body(wanted), &[], |it, json| {
        assert_eq!((it.path.as_deref(), it.r#type.as_deref()), (Some("n.ipynb"), Some("notebook")));
        assert_eq!(it.kernel.as_ref().map(|one| one.id), Some(kernel.id));
        assert_eq!(json["notebook"]["path"], "n.ipynb", "what is not documented is kept");
        id = it.id;
    })
    .await;
    let id = id.expect("a session has an id");
    run.read("sessions", sessions.list(), &[], |list, _| {
        assert_eq!(list.iter().map(|one| one.id).collect::<Vec<_>>(), [Some(id)]);
    })
    .await;
    let renamed = Session::new().path("m.ipynb").name("m");
    let is_renamed = |it: &Session| assert_eq!((it.id, it.path.as_deref()), (Some(id), Some("m.ipynb")));
    run.read("session renamed", sessions.update(id, renamed), &[], |it, _| is_renamed(it)).await;
    run.read("session", sessions.get(id), &[], |it, _| is_renamed(it)).await;
    run.take("session ended", sessions.delete(id)).await;
    run.refuse("session that is not there", sessions.get(id), 404).await;
}
