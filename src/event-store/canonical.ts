import canonicalizeModule from 'canonicalize';

/**
 * The canonical JSON of an object (RFC 8785): one text for one value, whatever the order of its fields.
 * The package's types describe an ES module, but it is CommonJS whose whole export is the function; only undefined and
 * functions have no JSON, and what comes here is an object.
 */
export const canonicalJson = canonicalizeModule as unknown as (value: object) => string;
