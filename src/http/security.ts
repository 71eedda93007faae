import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether it is reached by https only. */
    readonly isSecure: boolean;
  }
}

/** No page of ours runs a script, loads anything, is framed, or tells others where its readers come from. */
const ofPages = "default-src 'none';style-src 'unsafe-inline';img-src 'self' data:;base-uri 'none';form-action 'none';frame-ancestors 'none'";
/** Of a page with a form: it is sent to nobody else. */
export const policyOfForms = ofPages.replace("form-action 'none'", "form-action 'self'");
/** The page at /docs runs the scripts that are served beside it. */
const ofTheDocs = "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'";

/** As the OWASP Secure Headers Project advises; what the public may read, pages of any origin may load. */
const always = {
  'content-security-policy': ofPages,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'cross-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/** Every answer carries the security headers: the same for all, so they are put together once. `secure`: it is reached by https only. */
export const secureAnswers = (server: FastifyInstance, secure: boolean): void => {
  const headers = { ...always, ...(secure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }) };
  const headersOfTheDocs = { ...headers, 'content-security-policy': ofTheDocs };
  server.decorate('isSecure', secure);
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(/^\/docs(?:[/?]|$)/.test(request.url) ? headersOfTheDocs : headers);
    done();
  });
};
