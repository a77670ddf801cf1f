import { ApiExtension } from '@nestjs/swagger';
import { PROBLEMS_EXTENSION } from './extensions';

/**
 * Which failures an operation has of its own, by code. What can happen everywhere (no token, too many requests,
 * an unreadable body) is added where the dialect documents its errors.
 */
export const ApiProblems = (...codes: readonly string[]) => ApiExtension(PROBLEMS_EXTENSION, codes);
