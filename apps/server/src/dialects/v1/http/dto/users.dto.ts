import { ApiSchema } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString } from 'class-validator';
import { OptionalBody } from '../../../../transport/validation';
import { FlagField, TextField } from '../../shapes/fields';
import { MayBeAbsent } from './rules';

const USERNAME = '3 to 50 letters, digits, `_`, `.` or `-`, of any script. Unique, whatever the case.';
const PASSWORD =
  'At least 8 characters and at most 72 bytes in UTF-8 (a limit of bcrypt; longer ones are refused, not cut).';
const FULL_NAME = 'The name to be shown, at most 100 characters; null for none.';

@ApiSchema({ name: 'Registration' })
export class RegisterDto {
  @IsString()
  @TextField(USERNAME, { minLength: 3, maxLength: 50, example: 'john_doe' })
  username: string;

  @IsString()
  @TextField('An e-mail address. Unique, whatever the case. Nobody else sees it.', {
    format: 'email',
    maxLength: 254,
    example: 'john@example.org',
  })
  email: string;

  @IsString()
  @TextField(PASSWORD, { format: 'password', minLength: 8, example: 'correct horse battery' })
  password: string;

  @IsOptional()
  @IsString()
  @TextField(FULL_NAME, { required: false, nullable: true, maxLength: 100, example: 'John Doe' })
  full_name?: string | null;
}

@ApiSchema({ name: 'AccountUpdate', description: 'What is left out stays as it is.' })
export class UpdateMeDto {
  @MayBeAbsent()
  @IsString()
  @TextField(USERNAME, { required: false, minLength: 3, maxLength: 50, example: 'john_d' })
  username?: string;

  @MayBeAbsent()
  @IsString()
  @TextField('Another e-mail address.', { required: false, format: 'email', maxLength: 254, example: 'jd@example.org' })
  email?: string;

  @IsOptional()
  @IsString()
  @TextField(FULL_NAME, { required: false, nullable: true, maxLength: 100, example: 'John D.' })
  full_name?: string | null;

  @MayBeAbsent()
  @IsString()
  @TextField(`A new password; needs \`current_password\`. ${PASSWORD}`, {
    required: false,
    format: 'password',
    minLength: 8,
    example: 'a better horse battery',
  })
  password?: string;

  @MayBeAbsent()
  @IsString()
  @TextField('The password so far, to set a new one.', {
    required: false,
    format: 'password',
    example: 'correct horse battery',
  })
  current_password?: string;
}

@ApiSchema({ name: 'AccountDeletion' })
export class DeleteMeDto {
  @IsString()
  @TextField('My password, to be sure that it is me.', { format: 'password', example: 'correct horse battery' })
  current_password: string;
}

@ApiSchema({ name: 'Refresh' })
export class RefreshDto {
  @IsString()
  @TextField('The refresh token of the last answer. It is good for one use.', { example: 'Zk3…' })
  refresh_token: string;
}

@OptionalBody()
@ApiSchema({ name: 'Logout' })
export class LogoutDto {
  @IsOptional()
  @IsBoolean()
  @FlagField('True to end all of my sessions and not only this one.', {
    required: false,

    example: true,
  })
  all?: boolean;
}
