import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { HtmlValidate } from 'html-validate';
import { once } from 'node:events';
import { connect } from 'node:net';
import { answerProblem } from '../../src/http/problem-filter.js';
import { Refusal } from '../../src/deciding/refusal.js';
import { Problem } from '../../src/http/problems.js';
import { ReadFailure } from '../../src/projecting/read-failure.js';

const about = { revision: 4, position: '9', type: 'RoomPainted', why: 'The type RoomPainted is unknown.' };
const operator = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';

/** A server whose routes fail, and what it wrote down as errors. */
const failing = (answered: (status: number) => void = () => undefined) => {
  const written: string[] = [];
  const server = Fastify({ logger: { level: 'error', stream: { write: (line: string) => void written.push(line) } } });
  server.setErrorHandler((error, request, reply) => {
    answerProblem(error, request, reply);
    answered(reply.statusCode);
  });
  server.get('/stopped', (request) => {
    if (request.headers.authorization !== undefined) request.actor = operator;
    throw new ReadFailure('read-model-stopped', about);
  });
  server.get('/busy', () => {
    throw new Problem('too-busy');
  });
  server.get('/wrong', () => {
    throw new Refusal('conflict-blocks', { by: { a: 1 } }, [{ pointer: '#/<script>', code: 'unknown-room', detail: 'It is "<b>".' }]);
  });
  server.get('/broken', () => {
    throw new TypeError('a mistake of ours');
  });
  server.post('/told', () => ({}));
  return { server, written };
};

const factsOf = (body: string) => {
  const { code, about: facts } = JSON.parse(body) as { code?: string; about?: object };
  return [code, facts];
};

describe('a problem', () => {
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

  it('is a page to a browser, of the same status and code, and data to everybody else', async () => {
    const { server } = failing();
    const asked = async (accept?: string) => {
      const { statusCode, headers, body } = await server.inject({ url: '/wrong', headers: accept === undefined ? {} : { accept } });
      return [statusCode, headers['content-type'], /<p class="quiet">409 · (.*)<\/p>/.exec(body)?.[1] ?? (JSON.parse(body) as { code: string }).code];
    };
    const data = [409, 'application/problem+json; charset=utf-8', 'conflict-blocks'];
    expect(await Promise.all([browser, 'text/html', undefined, '*/*', 'application/json', 'application/problem+json', 'text/event-stream', 'application/json, text/html'].map(asked))).toEqual([
      ...[1, 2].map(() => [409, 'text/html; charset=utf-8', 'conflict-blocks']), ...[1, 2, 3, 4, 5, 6].map(() => data),
    ]);
    await server.close();
  });

  it('tells a person where it is and what to do, and is valid HTML whatever was sent', async () => {
    const { server } = failing();
    const { body } = await server.inject({ url: '/wrong?<script>', headers: { accept: browser } });
    await server.close();
    expect(body).toContain('<li><code>#/&lt;script&gt;</code> It is &quot;&lt;b&gt;&quot;.</li>');
    expect(body).toContain('<li><code>by</code> {&quot;a&quot;:1}</li>');
    const validator = new HtmlValidate({ extends: ['html-validate:standard'], rules: { 'require-sri': 'off' } });
    expect((await validator.validateString(body)).results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId} ${message}`))).toEqual([]);
  });

  it('is told in French to who reads French, and what has no French words is marked as English', async () => {
    const { server } = failing();
    const page = async (url: string, language: string) => {
      const { body } = await server.inject({ url, headers: { accept: browser, 'accept-language': language } });
      return [/<html lang="(..)">/.exec(body)?.[1], /<h1.*<\/h1>/.exec(body)?.[0], body.includes('Ce qui est publié ici')];
    };
    const [french, english, foreign] = ['<h1>Ce nœud a trop de demandes à la fois.</h1>', '<h1>This node has too many requests at once.</h1>', '<h1 lang="en">The change makes a conflict that the convening’s policy does not allow.</h1>'];
    expect(await Promise.all([page('/busy', 'fr-CH, en;q=0.5'), page('/busy?lang=fr', 'en'), page('/busy?lang=en', 'fr'), page('/busy', 'de'), page('/wrong', 'fr')])).toEqual([
      ['fr', french, true], ['fr', french, true], ['en', english, false], ['en', english, false], ['fr', foreign, true],
    ]);
    await server.close();
  });

  it('of a read model is told to the operator with what it stumbled over, to others without: it may be a draft’s', async () => {
    const { server } = failing();
    const told = await server.inject({ url: '/stopped', headers: { authorization: 'Bearer x' } });
    const hidden = await server.inject({ url: '/stopped' });
    await server.close();
    expect([factsOf(told.body), factsOf(hidden.body), hidden.body.includes('Painted')]).toEqual([['read-model-stopped', about], ['read-model-stopped', undefined], false]);
  });

  it('of ours is written down; that there is too much to do is only told', async () => {
    const { server, written } = failing();
    expect([(await server.inject('/busy')).statusCode, written]).toEqual([503, []]);
    expect((await server.inject('/broken')).statusCode).toBe(500);
    expect(written.map((line) => line.includes('a mistake of ours'))).toEqual([true]);
    await server.close();
  });

  it('of who hangs up in the middle of a body is none of ours', async () => {
    let tell: (status: number) => void = () => undefined;
    const answered = new Promise<number>((resolve) => (tell = resolve));
    const { server, written } = failing(tell);
    await server.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((server.server.address() as { port: number }).port, '127.0.0.1');
    await once(socket, 'connect');
    const reached = once(server.server, 'request');
    socket.write('POST /told HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
    await reached;
    socket.destroy();
    expect([await answered, written]).toEqual([400, []]);
    await server.close();
  });
});
