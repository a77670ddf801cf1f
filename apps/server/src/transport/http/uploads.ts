import multipart from '@fastify/multipart';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnsupportedMediaType } from '../errors/transport.errors';
import { hasBody } from './has-body';

const MULTIPART = 'multipart/form-data';
/** Bytes that go on where others ended (tus 1.0). */
const PART = 'application/offset+octet-stream';

/** What the body of a route may be that is written to disk as it comes. */
type UploadType = typeof MULTIPART | typeof PART;

/** For routes that take a file as `multipart/form-data`, and nothing else. All others answer 415 to it. */
export const AcceptsUpload = () => RouteConfig({ uploadType: MULTIPART });

/** For routes that take part of a file as `application/offset+octet-stream`, or no body at all. All others answer 415 to it. */
export const AcceptsPart = () => RouteConfig({ uploadType: PART });

/** Whether the request's body may be larger and take longer than those of others: it is written to disk as it comes. */
export function takesUpload(request: FastifyRequest): boolean {
  return uploadTypeOf(request) !== undefined;
}

export function acceptUploads(server: FastifyInstance): void {
  void server.register(multipart, { throwFileSizeLimit: false });
  // It is left to the route, which reads it from the connection.
  server.addContentTypeParser(PART, (_request, _body, done) => done(null));
  server.addHook('preParsing', (request, _reply, _payload, done) => {
    const [given, wanted] = [givenType(request), uploadTypeOf(request)];
    if (given === wanted || (wanted === PART && !hasBody(request))) done(null);
    else done(new UnsupportedMediaType(wanted && [wanted]));
  });
}

function uploadTypeOf(request: FastifyRequest): UploadType | undefined {
  return (request.routeOptions.config as { uploadType?: UploadType }).uploadType;
}

function givenType({ headers }: FastifyRequest): UploadType | undefined {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  return [MULTIPART, PART].find((known) => known === type) as UploadType | undefined;
}
