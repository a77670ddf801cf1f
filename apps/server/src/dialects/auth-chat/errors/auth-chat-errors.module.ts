import { Module, OnModuleInit } from '@nestjs/common';
import { ApiDocument } from '../../../transport/docs';
import { ErrorShapes } from '../../../transport/errors';
import { documentTags } from '../tags';
import { AuthChatErrorShape } from './auth-chat-error-shape';
import { documentErrors } from './document-errors';

/** How this dialect shows errors, and what it says about them. */
@Module({})
export class AuthChatErrorsModule implements OnModuleInit {
  constructor(
    private readonly shapes: ErrorShapes,
    private readonly document: ApiDocument,
  ) {}

  onModuleInit(): void {
    this.shapes.register(new AuthChatErrorShape());
    this.document.refine(documentTags);
    this.document.refine(documentErrors);
  }
}
