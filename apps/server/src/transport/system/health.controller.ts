import { Controller, Get, Header, HttpStatus, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/public.decorator';
import { NotLimited } from '../limits/request-limit.guard';
import { Health } from './health';
import { HealthDto, LivenessDto } from './health.dto';
import { PRODUCT } from './product';

@ApiTags('System')
@Public()
@NotLimited()
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'getHealth',
    summary: 'How the service and its stores are',
    description: 'For load balancers: send it no requests on 503.',
  })
  @ApiOkResponse({ type: HealthDto, description: 'It can be used.' })
  @ApiServiceUnavailableResponse({ type: HealthDto, description: 'Metadata or bodies can not be served.' })
  async check(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthDto> {
    const { status, stores } = await this.health.check();
    if (status === 'error') void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status, version: PRODUCT.version, uptime_seconds: Math.floor(process.uptime()), stores };
  }

  @Get('live')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'getLiveness',
    summary: 'Whether the process answers',
    description: 'Asks no store: restart the server if this fails.',
  })
  @ApiOkResponse({ type: LivenessDto, description: 'It does.' })
  live(): LivenessDto {
    return { status: 'ok' };
  }
}
