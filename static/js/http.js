/* Plain requests to the server: JSON in and out, the CSRF header, and errors that keep their code. */

export class HttpError extends Error {
  constructor(status, code, text) {
    super(text || code);
    Object.assign(this, { status, code });
  }
}

export function csrfToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? "";
}

/** The response when it is good; throws `HttpError` with the server's code, or code `offline` when nothing came. */
export async function fetchGood(url, options = {}) {
  const headers = { "X-CSRFToken": csrfToken(), ...options.headers };
  const response = await fetch(url, { credentials: "same-origin", ...options, headers }).catch((error) => {
    throw new HttpError(0, "offline", String(error));
  });
  if (response.ok) return response;
  const { error } = await response.json().catch(() => ({ error: null }));
  throw new HttpError(response.status, error?.code ?? "unexpected", error?.text);
}

/** The JSON that the server answers with; throws `HttpError`. */
export async function request(url, options) {
  return (await fetchGood(url, { cache: "no-store", ...options })).json();
}

/** POST JSON, get JSON; throws `HttpError`. */
export function post(url, body) {
  return request(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}
