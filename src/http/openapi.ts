import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The API's description, made from the controllers and requests. */
export const apiDescription = (app: NestFastifyApplication): OpenAPIObject =>
  SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('Baraza')
      .setDescription(
        'Plans, runs and remembers meetings. Writes need the operator’s token. Errors are problem details (RFC 9457) with a stable `code`. ' +
          'Every answer to a write carries `ETag` (for `If-Match`) and `Baraza-Position` (send it back to read what you wrote on another node). ' +
          '`Reason` (percent-encoded UTF-8) is kept in the history; `Idempotency-Key` makes repeating a write safe.',
      )
      .setVersion('1')
      .addBearerAuth()
      .build(),
  );

/** The page at /docs, and the description itself at /docs/openapi.json. */
export const describeApi = (app: NestFastifyApplication): void => {
  SwaggerModule.setup('docs', app, () => apiDescription(app), {
    jsonDocumentUrl: 'docs/openapi.json',
    yamlDocumentUrl: 'docs/openapi.yaml',
    customSiteTitle: 'Baraza API',
    swaggerOptions: { scarfSettings: { enabled: false } },
  });
};
