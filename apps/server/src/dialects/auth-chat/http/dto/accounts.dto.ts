import { ApiSchema } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { IgnoresUnknownFields } from '../../../../transport/validation';
import { TextField } from '../../shapes/fields';

@IgnoresUnknownFields()
@ApiSchema({ name: 'AuthChatSignup' })
export class SignupDto {
  @IsString()
  @TextField('3 to 50 letters, digits, `_`, `.` or `-`, of any script. Unique, whatever the case.', {
    minLength: 3,
    maxLength: 50,
    example: 'john_doe',
  })
  username: string;

  @IsString()
  @TextField('An e-mail address. Unique, whatever the case. Members of my chats see it.', {
    format: 'email',
    maxLength: 254,
    example: 'john@example.org',
  })
  email: string;

  @IsString()
  @TextField('At least 8 characters and at most 72 bytes in UTF-8.', {
    format: 'password',
    minLength: 8,
    example: 'correct horse battery',
  })
  password: string;

  @IsOptional()
  @IsString()
  @TextField('The name to be shown in other dialects, at most 100 characters.', {
    required: false,
    nullable: true,
    maxLength: 100,
    example: 'John Doe',
  })
  full_name?: string | null;
}

@IgnoresUnknownFields()
@ApiSchema({ name: 'AuthChatLogin', description: 'As JSON, or as the form of the OAuth 2 password flow.' })
export class LoginDto {
  @IsOptional()
  @IsString()
  @TextField('The e-mail address. Either this or `username`.', { required: false, example: 'john@example.org' })
  email?: string | null;

  @IsOptional()
  @IsString()
  @TextField('The e-mail address as well, or the username: the field of the form.', { required: false })
  username?: string | null;

  @IsString()
  @TextField('The password.', { format: 'password', example: 'correct horse battery' })
  password: string;
}
