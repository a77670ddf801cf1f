import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { ApiDocument } from './api-document';

/** Swagger UI at `/docs`, from its package on disk. */
export function serveDocs(app: NestFastifyApplication): void {
  const document = app.get(ApiDocument);
  document.describe(app);
  SwaggerModule.setup('docs', app, () => document.get(), {
    raw: false,
    customSiteTitle: 'Chat backend: API',
    // The validator would send the document to a service on the internet.
    swaggerOptions: { validatorUrl: null, persistAuthorization: true, displayRequestDuration: true },
  });
}
