// @ts-check

/** What was answered is not what the story tells. */
export class OffScript extends Error {}

/** An organiser at work: asks over HTTP, as anybody would with curl. */
export class Organiser {
  /** @param {string} url @param {string} token */
  constructor(url, token) {
    this.url = url;
    this.token = token;
    this.changes = 0;
  }

  /**
   * Asks for a change that must be accepted.
   * @param {'POST' | 'PUT' | 'PATCH' | 'DELETE'} method @param {string} path @param {object} [body] @param {string} [reason]
   * @returns {Promise<any>} the answer's body
   */
  async ask(method, path, body, reason) {
    const { status, answer } = await this.send(method, path, body, reason);
    if (status >= 300) throw new OffScript(`${method} ${path} was answered ${status}: ${JSON.stringify(answer)}`);
    this.changes++;
    return answer;
  }

  /** Asks for a change, as anybody without a token. @param {'POST'} method @param {string} path @param {object} body @returns {Promise<any>} the answer's body */
  async askAsAnybody(method, path, body) {
    const answer = await fetch(this.url + path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new OffScript(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    this.changes++;
    return answer.json();
  }

  /**
   * Asks for a change that the rules must refuse with this code.
   * @param {string} code @param {'POST' | 'PUT' | 'PATCH' | 'DELETE'} method @param {string} path @param {object} [body] @param {string} [reason]
   * @returns {Promise<any>} the problem's details
   */
  async askInVain(code, method, path, body, reason) {
    const { status, answer } = await this.send(method, path, body, reason);
    if (answer?.code !== code) throw new OffScript(`${method} ${path} was to be refused with ${code}, but was answered ${status}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** @param {string} path @param {string} [accept] @returns {Promise<string>} what anybody may read there, without a token */
  async readAsAnybody(path, accept = 'application/json') {
    const answer = await fetch(this.url + path, { headers: { accept } });
    if (!answer.ok) throw new OffScript(`GET ${path} was answered ${answer.status}: ${await answer.text()}`);
    return answer.text();
  }

  /** @param {string} path @returns {Promise<any>} */
  async read(path) {
    return JSON.parse(await this.readText(path));
  }

  /** @param {string} path @returns {Promise<string>} what the organisers may read there */
  async readText(path) {
    const answer = await fetch(this.url + path, { headers: { authorization: `Bearer ${this.token}` } });
    if (!answer.ok) throw new OffScript(`GET ${path} was answered ${answer.status}: ${await answer.text()}`);
    return answer.text();
  }

  /** @param {string} method @param {string} path @param {object} [body] @param {string} [reason] */
  async send(method, path, body, reason) {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(reason && { reason: encodeURIComponent(reason) }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, answer: text ? JSON.parse(text) : undefined };
  }
}
