import { DocumentBuilder } from '@nestjs/swagger';
import { PRODUCT } from '../system/product';
import { DESCRIPTION } from './description';

/** The frame of the document: what it is about, before any route is known. */
export function documentBase(): ReturnType<DocumentBuilder['build']> {
  return new DocumentBuilder()
    .setOpenAPIVersion('3.0.3')
    .setTitle('Chat backend')
    .setVersion(PRODUCT.version)
    .setDescription(DESCRIPTION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This server.')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The `access_token` of a log-in.' },
      'bearer',
    )
    .build();
}
