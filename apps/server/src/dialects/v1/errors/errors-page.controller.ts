import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../../transport/auth';
import { renderErrorsPage } from './errors-page';

/** `/docs/errors`: the page that every problem's `type` points at. */
@ApiExcludeController()
@Public()
@Controller('docs/errors')
export class ErrorsPageController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  show(): string {
    return renderErrorsPage();
  }
}
