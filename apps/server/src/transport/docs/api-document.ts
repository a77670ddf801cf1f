import { Injectable } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { documentBase } from './document-base';
import { documentHeaders } from './response-headers';
import { documentSecurity } from './security';
import { addTagGroup } from './tag-groups';

/** Completes the document in place, with what holds for many operations. */
export type Refinement = (document: OpenAPIObject) => void;

/** The OpenAPI document: built from the routes when it is first asked for, since few who start a server read it. */
@Injectable()
export class ApiDocument {
  private readonly refinements: Refinement[] = [];
  private app: INestApplication | undefined;
  private built: OpenAPIObject | undefined;
  private text: string | undefined;

  /** Called by dialects when their module starts. */
  refine(refinement: Refinement): void {
    this.refinements.push(refinement);
  }

  describe(app: INestApplication): void {
    this.app = app;
  }

  get(): OpenAPIObject {
    this.built ??= this.build();
    return this.built;
  }

  getJson(): string {
    this.text ??= JSON.stringify(this.get());
    return this.text;
  }

  private build(): OpenAPIObject {
    if (!this.app) throw new Error('ApiDocument.describe() comes first');
    const document = SwaggerModule.createDocument(this.app, documentBase());
    // Headers come last: they go on every answer, those that dialects add as well.
    for (const refine of [documentSecurity, ...this.refinements, documentSystem, documentHeaders]) refine(document);
    return document;
  }
}

/** The group after those of the dialects. */
function documentSystem(document: OpenAPIObject): void {
  addTagGroup(document, { name: 'System', tags: [{ name: 'System', description: 'The server itself.' }] });
}
