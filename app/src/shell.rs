//! The document around every page.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{App, assets::Assets, ssr};

/// The whole page. A build without a site has no assets, and its pages work all the same.
pub fn shell(assets: &Assets) -> AnyView {
    let scripts = (!assets.js.is_empty()).then(|| scripts(assets));
    let style = (!assets.css.is_empty()).then(|| view! { <link rel="stylesheet" href=assets.css.clone() /> });
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=ssr::theme()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content=ssr::theme().unwrap_or("light dark") />
                <link rel="icon" href="/icon.svg" type="image/svg+xml" />
                {style}
                {scripts}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
    .into_any()
}

fn scripts(assets: &Assets) -> AnyView {
    let start =
        format!("import({:?}).then(site => site.default({{ module_or_path: {:?} }}).then(() => site.hydrate()))", assets.js, assets.wasm);
    view! {
        <link rel="modulepreload" href=assets.js.clone() />
        <link rel="preload" href=assets.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script type="module" nonce=use_nonce()>{start}</script>
    }
    .into_any()
}
