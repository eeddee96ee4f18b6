//! Pages outside of any account: a card in the middle.

use leptos::prelude::*;
use leptos_router::components::Outlet;

#[component]
pub fn GateLayout() -> AnyView {
    view! {
        <main id="main" class="gate">
            <p class="brand">
                <span class="mark" aria-hidden="true"></span>
                "Cairn"
            </p>
            <div class="card">
                <Outlet />
            </div>
        </main>
    }
    .into_any()
}
