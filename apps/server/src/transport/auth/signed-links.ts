import { Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { MediaLinkInvalid, MediaLinks } from '@app/media';
import type { Actor } from '@app/platform';
import type { FastifyRequest } from 'fastify';

export const SignedLinkMark = Reflector.createDecorator<true>();

/** The parameter of a query that holds the signature. */
export const SIGNATURE_PARAMETER = 'signature';

/** For routes of one file, `…/{media_id}`, that also open by a link made for the user, without a header. */
export const AcceptsSignedLink = () => SignedLinkMark(true);

/** Undefined if the request is not by a signed link. */
export function signatureOf({ query }: FastifyRequest): string | undefined {
  const given = (query as Readonly<Record<string, unknown>>)[SIGNATURE_PARAMETER];
  return typeof given === 'string' ? given : undefined;
}

/** Finds who a signed link was made for. */
@Injectable()
export class SignedLinks {
  constructor(private readonly links: MediaLinks) {}

  /** @throws MediaLinkInvalid, InvalidToken */
  async requireActor({ params }: FastifyRequest, signature: string): Promise<Actor> {
    const mediaId = Number((params as { media_id?: string }).media_id);
    if (!Number.isSafeInteger(mediaId)) throw new MediaLinkInvalid();
    return this.links.requireActor(mediaId, signature);
  }
}
