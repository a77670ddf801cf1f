import { applyDecorators } from '@nestjs/common';
import { ApiSchema } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { LoginBodyDto } from '../../../../transport/auth';
import { TextField } from '../../shapes/fields';

/** A field that clients of the OAuth 2 password flow send, and that has no meaning here. */
function OAuth2Field(): PropertyDecorator {
  const about = 'Of the OAuth 2 password flow; not looked at.';
  return applyDecorators(IsOptional(), IsString(), TextField(about, { required: false }));
}

@ApiSchema({ name: 'Login', description: 'Either `username` or `email`, and the password.' })
export class LoginDto extends LoginBodyDto {
  @OAuth2Field()
  grant_type?: string;

  @OAuth2Field()
  scope?: string;

  @OAuth2Field()
  client_id?: string;

  @OAuth2Field()
  client_secret?: string;
}
