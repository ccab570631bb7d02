import { html, raw } from "hono/html";

// One page, nothing loaded from elsewhere.
export function document(title: string, body: unknown) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Stripe emulator</title>
        <style>
          ${raw(CSS)}
        </style>
      </head>
      <body>
        <header>
          <span class="brand">Tallybase</span>
          <span class="badge">Test mode</span>
        </header>
        <main>${body}</main>
        <footer>Local Stripe emulator. No card is asked for and no money moves.</footer>
      </body>
    </html>`;
}

const CSS = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f3f4f8, #12141c);
  --card: light-dark(#ffffff, #1b1e29);
  --text: light-dark(#1b1f2e, #eceef6);
  --soft: light-dark(#5a6178, #a4abc2);
  --line: light-dark(#dfe2ec, #333848);
  --accent: light-dark(#4a3fd4, #a9a2ff);
  --on-accent: light-dark(#ffffff, #14112e);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  min-height: 100vh;
  padding: 2.5rem 1rem;
  background: var(--page);
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
header, main, footer { max-width: 27rem; margin-inline: auto; }
header { display: flex; align-items: center; gap: 0.75rem; margin-bottom: 1.25rem; }
.brand { font-weight: 650; font-size: 1.125rem; }
.badge {
  padding: 0.1rem 0.6rem;
  border-radius: 1rem;
  background: light-dark(#fde9c8, #4a3713);
  color: light-dark(#7a4b00, #ffd893);
  font-size: 0.8125rem;
  font-weight: 600;
}
main {
  padding: 2rem;
  border: 1px solid var(--line);
  border-radius: 0.875rem;
  background: var(--card);
  box-shadow: 0 1px 2px rgb(20 22 40 / 6%), 0 8px 24px rgb(20 22 40 / 6%);
}
h1 { margin: 0 0 1.25rem; font-size: 1.375rem; line-height: 1.25; }
.lead { margin: -0.5rem 0 1.5rem; color: var(--soft); }
.items { margin: 0; padding: 0; list-style: none; }
.items li { display: flex; justify-content: space-between; gap: 1rem; padding-bottom: 1rem; }
.name { display: block; font-weight: 550; overflow-wrap: anywhere; }
.amount { white-space: nowrap; }
.note { display: block; color: var(--soft); font-size: 0.875rem; }
p.note { margin: 0.5rem 0 0; }
.total {
  display: flex;
  justify-content: space-between;
  align-items: baseline;
  margin: 0 0 1.5rem;
  padding-top: 1rem;
  border-top: 1px solid var(--line);
}
.total strong { font-size: 1.25rem; }
abbr { color: var(--soft); font-size: 0.875rem; }
label { display: block; margin-bottom: 0.35rem; font-size: 0.9375rem; font-weight: 550; }
input, select {
  width: 100%;
  padding: 0.65rem 0.75rem;
  border: 1px solid light-dark(#8a91a8, #6b728a);
  border-radius: 0.5rem;
  background: transparent;
  color: inherit;
  font: inherit;
}
.button {
  display: block;
  width: 100%;
  margin-top: 0.75rem;
  padding: 0.75rem 1rem;
  border: 1px solid var(--accent);
  border-radius: 0.5rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
input + label { margin-top: 1rem; }
input + .button, select + .button { margin-top: 1.25rem; }
h2 { margin: 2rem 0 0.75rem; font-size: 1.0625rem; }
form + form { margin-top: 0.5rem; }
.problem {
  margin: 0 0 1.25rem;
  padding: 0.65rem 0.75rem;
  border-radius: 0.5rem;
  background: light-dark(#fde3e1, #4a1c18);
  color: light-dark(#8a1c10, #ffb9b0);
}
.second { background: transparent; color: var(--accent); }
.plain { border-color: transparent; background: transparent; color: var(--soft); }
.button:hover { filter: brightness(1.08); }
.plain:hover, .second:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
footer { margin-top: 1.25rem; color: var(--soft); font-size: 0.8125rem; text-align: center; }
`;
