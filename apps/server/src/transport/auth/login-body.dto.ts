import { IsOptional, IsString } from 'class-validator';
import { TextField } from '../docs';

/** How people log in, in the dialects that name the account so. Which of the two must be given, the dialect says. */
export abstract class LoginBodyDto {
  @IsOptional()
  @IsString()
  @TextField('The username, or the e-mail address.', { required: false, nullable: true, example: 'john_doe' })
  username?: string | null;

  @IsOptional()
  @IsString()
  @TextField('The e-mail address, in place of `username`.', { required: false, nullable: true })
  email?: string | null;

  @IsString()
  @TextField('The password.', { format: 'password', example: 'correct horse battery' })
  password: string;
}
