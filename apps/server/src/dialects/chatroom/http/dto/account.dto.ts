import { ApiSchema } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { LoginBodyDto } from '../../../../transport/auth';
import { IgnoresUnknownFields } from '../../../../transport/validation';
import { TextField } from '../../shapes/fields';

const USERNAME = '3 to 50 letters, digits, `_`, `.` or `-`, of any script. Unique, whatever the case.';
const PASSWORD = 'At least 8 characters and at most 72 bytes in UTF-8.';

@IgnoresUnknownFields()
@ApiSchema({ name: 'ChatroomRegistration' })
export class RegisterDto {
  @IsString()
  @TextField(USERNAME, { minLength: 3, maxLength: 50, example: 'john_doe' })
  username: string;

  @IsString()
  @TextField(PASSWORD, { format: 'password', minLength: 8, example: 'correct horse battery' })
  password: string;

  @IsOptional()
  @IsString()
  @TextField('An e-mail address; an account needs none.', {
    required: false,
    nullable: true,
    format: 'email',
    maxLength: 254,
    example: 'john@example.org',
  })
  email?: string | null;
}

@IgnoresUnknownFields()
@ApiSchema({ name: 'ChatroomLogin', description: '`username` or `email`, and the password.' })
export class LoginDto extends LoginBodyDto {}

@IgnoresUnknownFields()
@ApiSchema({ name: 'ChatroomAccountUpdate', description: 'What is left out, or null, stays as it is.' })
export class UpdateUserDto {
  @IsOptional()
  @IsString()
  @TextField(USERNAME, { required: false, nullable: true, minLength: 3, maxLength: 50, example: 'john_d' })
  username?: string | null;

  @IsOptional()
  @IsString()
  @TextField('Another e-mail address.', { required: false, nullable: true, format: 'email', example: 'jd@example.org' })
  email?: string | null;

  @IsOptional()
  @IsString()
  @TextField(`A new password; needs \`current_password\`. ${PASSWORD}`, {
    required: false,
    nullable: true,
    format: 'password',
    minLength: 8,
    example: 'a better horse battery',
  })
  password?: string | null;

  @IsOptional()
  @IsString()
  @TextField('The password so far, to set a new one.', {
    required: false,
    nullable: true,
    format: 'password',
    example: 'correct horse battery',
  })
  current_password?: string | null;
}
