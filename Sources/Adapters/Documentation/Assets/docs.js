// The pages below /docs: copying, and calls to the server that the page came from. Reading needs none of it.
"use strict";

let token = null;

function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// Everything that came from a server is text, never markup.
function show(output, title, text, failed) {
  const heading = document.createElement("p");
  heading.textContent = title;
  if (failed) heading.className = "failed";
  output.replaceChildren(heading);
  if (!text) return;
  const pre = document.createElement("pre");
  pre.textContent = text;
  pre.tabIndex = 0;
  output.append(pre);
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function fetchToken(form) {
  const output = form.querySelector("output");
  const body = new URLSearchParams({ grant_type: "client_credentials" });
  for (const input of form.querySelectorAll("input")) body.set(input.name, input.value);
  const answer = await fetch(form.dataset.tokens, { method: "POST", body });
  const text = await answer.text();
  if (!answer.ok) return show(output, `Refused: ${answer.status}`, pretty(text), true);
  token = JSON.parse(text).access_token;
  show(output, "You have a token. It goes with every call from this page, for an hour.");
}

function request(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  const headers = new Headers();
  for (const input of form.querySelectorAll("input[data-in]")) {
    const value = input.value || (input.name === "X-Request-ID" ? fresh() : "");
    if (value === "") continue;
    if (input.dataset.in === "path") path = path.replace(`{${input.name}}`, encodeURIComponent(value));
    if (input.dataset.in === "query") query.append(input.name, value);
    if (input.dataset.in === "header") headers.set(input.name, value);
  }
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const body = form.querySelector("textarea");
  if (body) headers.set("Content-Type", "application/json");
  const url = query.size ? `${path}?${query}` : path;
  return [url, { method: form.dataset.method, headers, body: body ? body.value : undefined }];
}

async function call(form) {
  const output = form.querySelector("output");
  const [url, options] = request(form);
  const began = performance.now();
  const answer = await fetch(url, options);
  const text = await answer.text();
  const took = Math.round(performance.now() - began);
  const headers = Array.from(answer.headers, ([name, value]) => `${name}: ${value}`).join("\n");
  const title = `${options.method} ${url} was answered ${answer.status} in ${took} ms.`;
  show(output, title, headers + (text ? "\n\n" + pretty(text) : ""), !answer.ok);
}

for (const form of document.querySelectorAll("form.token, form.try")) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const output = form.querySelector("output");
    try {
      await (form.classList.contains("token") ? fetchToken(form) : call(form));
    } catch (error) {
      show(output, "The server could not be reached.", String(error), true);
    }
  });
}

for (const button of document.querySelectorAll("button.copy")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector("pre").textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
}
