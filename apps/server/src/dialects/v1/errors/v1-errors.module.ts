import { Module, OnModuleInit } from '@nestjs/common';
import { ApiDocument } from '../../../transport/docs';
import { ErrorShapes } from '../../../transport/errors';
import { documentTags } from '../tags';
import { documentProblems } from './document-problems';
import { ErrorsPageController } from './errors-page.controller';
import { V1ErrorShape } from './v1-error-shape';

/** How this dialect shows errors, and what it says about them. */
@Module({ controllers: [ErrorsPageController] })
export class V1ErrorsModule implements OnModuleInit {
  constructor(
    private readonly shapes: ErrorShapes,
    private readonly document: ApiDocument,
  ) {}

  onModuleInit(): void {
    // The native dialect also answers for addresses that belong to nobody.
    this.shapes.register(new V1ErrorShape(), { isDefault: true });
    this.document.refine(documentTags);
    this.document.refine(documentProblems);
  }
}
