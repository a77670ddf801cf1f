import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { ApiDocument } from './api-document';
import { DOCS_PATH } from './docs-path';

/** Swagger UI at `/docs`, from its package on disk. */
export function serveDocs(app: NestFastifyApplication): void {
  const document = app.get(ApiDocument);
  document.describe(app);
  SwaggerModule.setup(DOCS_PATH, app, () => document.get(), {
    raw: false,
    customSiteTitle: 'Chat backend: API',
    // The validator would send the document to a service on the internet.
    swaggerOptions: { validatorUrl: null, persistAuthorization: true, displayRequestDuration: true },
  });
}
