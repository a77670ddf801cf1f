import { applyDecorators } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import { PUBLIC_EXTENSION } from '../docs/extensions';

export const PublicMark = Reflector.createDecorator<true>();

/** For routes that need no token. All others do: forgetting this closes a route, and never opens one. */
export const Public = () => applyDecorators(PublicMark(true), ApiExtension(PUBLIC_EXTENSION, true));
