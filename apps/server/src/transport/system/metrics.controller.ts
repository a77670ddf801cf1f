import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Metrics } from '@app/platform';
import { Public } from '../auth/public.decorator';
import { NotLimited } from '../limits/request-limit.guard';

@ApiTags('System')
@Public()
@NotLimited()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({
    operationId: 'getMetrics',
    summary: 'Figures for Prometheus',
    description: 'Counts and durations; nothing about people or texts.',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({
    description: 'In the text format of Prometheus.',
    schema: { type: 'string', example: 'chat_connections{transport="websocket"} 12' },
  })
  show(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
