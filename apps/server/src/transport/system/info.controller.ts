import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Config } from '@app/platform';
import { Public } from '../auth/public.decorator';
import { InfoDto, WelcomeDto } from './info.dto';
import { limitsInfo } from './limits-info';
import { PRODUCT } from './product';

@ApiTags('System')
@Public()
@Controller()
export class InfoController {
  constructor(private readonly config: Config) {}

  @Get()
  @ApiOperation({ operationId: 'getWelcome', summary: 'Where to go from here' })
  @ApiOkResponse({ type: WelcomeDto, description: 'Addresses on this server.' })
  welcome(): WelcomeDto {
    const { name, version, description } = PRODUCT;
    const addresses = { docs: '/docs', redoc: '/redoc', openapi: '/openapi.json', health: '/health', api: '/api/v1' };
    return { name, version, description, ...addresses };
  }

  @Get('api/v1/info')
  @ApiOperation({
    operationId: 'getInfo',
    summary: 'Name, version and limits',
    description: 'What a client should check before it sends.',
  })
  @ApiOkResponse({ type: InfoDto, description: 'As this server is configured.' })
  info(): InfoDto {
    return { name: PRODUCT.name, version: PRODUCT.version, limits: limitsInfo(this.config) };
  }
}
