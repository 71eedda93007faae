import { ApiOkResponse } from '@nestjs/swagger';
import { isZone } from '../convening/times.js';
import { headerOf, type Exchange } from '../http/exchange.js';
import { preferredType } from '../http/negotiation.js';
import { Problem } from '../http/problems.js';
import { isHeld, sayAsOf } from '../http/showing.js';
import type { Made } from './made.queries.js';

/** What a form is sent as, and whether it reads in one language or holds all of them. */
interface Sent {
  readonly mediaType: string;
  readonly inOneLanguage: boolean;
}
type Forms<Name extends string> = Readonly<Record<Name, Sent>>;

/** For the description of the interface: the data has this shape, the others are texts. */
export const producing = <Name extends string>(forms: Forms<Name>, shape: string) => (...names: readonly Name[]) =>
  ApiOkResponse({ content: Object.fromEntries(names.map((name) => [forms[name].mediaType, { schema: name === 'json' ? { $ref: `#/components/schemas/${shape}` } : { type: 'string' } }])) });

/** The form that `Accept` prefers. @throws Problem not-acceptable */
export const preferredForm = <Name extends string>(forms: Forms<Name>, names: readonly Name[], { request }: Exchange): Name => {
  const types = names.map((name) => forms[name].mediaType);
  const type = preferredType(headerOf(request, 'accept'), types);
  const form = names.find((name) => forms[name].mediaType === type);
  if (form === undefined) throw new Problem('not-acceptable', { available: types });
  return form;
};

/** Who reads, and how they want it. @throws Problem invalid-query */
export const readerOf = ({ lang, tz }: { readonly lang?: string | undefined; readonly tz?: string | undefined }, { request }: Exchange) => {
  if (tz !== undefined && !isZone(tz)) throw new Problem('invalid-query', {}, [{ pointer: '#/tz', code: 'zone', detail: 'tz must be an IANA name such as "Africa/Dar_es_Salaam".' }]);
  const acceptLanguage = headerOf(request, 'accept-language');
  return {
    operator: request.actor !== undefined,
    ...(lang !== undefined && { language: lang }), ...(acceptLanguage !== undefined && { acceptLanguage }), ...(tz !== undefined && { zone: tz }),
  };
};

/** The bytes to send, with what their headers say of them; undefined where the client has them already (304). `chosenBy`: the headers that chose the form. Pages are also opened by a browser's pass. */
export const send = ({ request, reply }: Exchange, { bytes, tag, revision, at }: Made, { mediaType, inOneLanguage }: Sent, lang: string | undefined, chosenBy: readonly string[]): Buffer | undefined => {
  sayAsOf(reply, revision, at);
  void reply
    .type(`${mediaType}; charset=utf-8`)
    .header('ETag', tag)
    .header('Vary', [...chosenBy, ...(mediaType === 'text/html' ? ['Cookie'] : []), 'Authorization', ...(lang === undefined && inOneLanguage ? ['Accept-Language'] : [])].join(', '))
    .header('Cache-Control', request.actor === undefined ? 'no-cache' : 'private, no-cache');
  if (!isHeld(headerOf(request, 'if-none-match'), tag)) return bytes;
  void reply.status(304);
  return undefined;
};
