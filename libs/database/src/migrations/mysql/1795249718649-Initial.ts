import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Initial1795249718649 implements MigrationInterface {
  name = 'Initial1795249718649';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE `id_blocks` (`kind` varchar(32) NOT NULL, `next` bigint NOT NULL, PRIMARY KEY (`kind`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `sessions` (`id` varchar(36) NOT NULL, `user_id` bigint NOT NULL, `refresh_hash` varchar(64) NOT NULL, `created_at` datetime(3) NOT NULL, `last_used_at` datetime(3) NOT NULL, `expires_at` datetime(3) NOT NULL, `ended_at` datetime(3) NULL, `user_agent` varchar(255) NULL, INDEX `sessions_end` (`ended_at`, `expires_at`), INDEX `sessions_user` (`user_id`, `ended_at`), PRIMARY KEY (`id`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `users` (`id` int NOT NULL AUTO_INCREMENT, `username` varchar(50) NOT NULL, `username_folded` varchar(200) NULL, `email` varchar(254) NULL, `email_folded` varchar(254) NULL, `full_name` varchar(100) NULL, `full_name_folded` varchar(400) NULL, `password_hash` varchar(72) NULL, `created_at` datetime(3) NOT NULL, `last_seen` datetime(3) NULL, `deleted_at` datetime(3) NULL, INDEX `users_full_name` (`full_name_folded`), UNIQUE INDEX `users_email` (`email_folded`), UNIQUE INDEX `users_username` (`username_folded`), PRIMARY KEY (`id`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `chat_events` (`chat_id` bigint NOT NULL, `seq` bigint NOT NULL, `kind` varchar(40) NOT NULL, `at` datetime(3) NOT NULL, `subject_id` bigint NOT NULL, `details` varchar(1000) NOT NULL, PRIMARY KEY (`chat_id`, `seq`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `chats` (`id` bigint NOT NULL, `type` varchar(16) NOT NULL, `name` varchar(100) NULL, `description` varchar(1000) NULL, `direct_key` varchar(40) NULL, `is_open` tinyint NOT NULL DEFAULT 0, `members_key` varchar(43) NULL, `created_at` datetime(3) NOT NULL, `updated_at` datetime(3) NOT NULL, `is_active` tinyint NOT NULL, `last_seq` bigint NOT NULL, `last_message_seq` bigint NOT NULL, `message_count` bigint NOT NULL, INDEX `chats_members` (`members_key`), INDEX `chats_open` (`is_open`, `is_active`), UNIQUE INDEX `chats_direct_key` (`direct_key`), PRIMARY KEY (`id`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `chat_participants` (`chat_id` bigint NOT NULL, `user_id` bigint NOT NULL, `joined_at` datetime(3) NOT NULL, `is_admin` tinyint NOT NULL, `read_seq` bigint NOT NULL, `hidden_seq` bigint NULL, INDEX `chat_participants_user` (`user_id`), PRIMARY KEY (`chat_id`, `user_id`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `chat_invitations` (`chat_id` bigint NOT NULL, `email` varchar(254) NOT NULL, INDEX `chat_invitations_email` (`email`), PRIMARY KEY (`chat_id`, `email`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `message_revisions` (`message_id` bigint NOT NULL, `number` bigint NOT NULL, `body_id` bigint NOT NULL, `written_at` datetime(3) NOT NULL, PRIMARY KEY (`message_id`, `number`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `messages` (`chat_id` bigint NOT NULL, `seq` bigint NOT NULL, `id` bigint NOT NULL, `ordinal` bigint NOT NULL, `sender_id` bigint NOT NULL, `client_id` varchar(64) NULL, `fingerprint` varchar(16) NULL, `type` varchar(16) NOT NULL, `reply_to` bigint NULL, `body_id` bigint NULL, `sent_at` datetime(3) NOT NULL, `edited_at` datetime(3) NULL, `deleted_at` datetime(3) NULL, UNIQUE INDEX `messages_client_id` (`chat_id`, `sender_id`, `client_id`), UNIQUE INDEX `messages_ordinal` (`chat_id`, `ordinal`), UNIQUE INDEX `messages_id` (`id`), PRIMARY KEY (`chat_id`, `seq`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `body_removals` (`body_id` bigint NOT NULL, PRIMARY KEY (`body_id`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `body_sweeps` (`store` varchar(32) NOT NULL, `seen_until` datetime(3) NOT NULL, `seen_body_id` bigint NOT NULL, `holder` varchar(36) NOT NULL, `leased_until` datetime(3) NOT NULL, PRIMARY KEY (`store`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `message_bodies` (`id` bigint NOT NULL, `content` text NOT NULL, `extras` text NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE `message_bodies`');
    await queryRunner.query('DROP TABLE `body_sweeps`');
    await queryRunner.query('DROP TABLE `body_removals`');
    await queryRunner.query('DROP INDEX `messages_id` ON `messages`');
    await queryRunner.query('DROP INDEX `messages_ordinal` ON `messages`');
    await queryRunner.query('DROP INDEX `messages_client_id` ON `messages`');
    await queryRunner.query('DROP TABLE `messages`');
    await queryRunner.query('DROP TABLE `message_revisions`');
    await queryRunner.query('DROP INDEX `chat_invitations_email` ON `chat_invitations`');
    await queryRunner.query('DROP TABLE `chat_invitations`');
    await queryRunner.query('DROP INDEX `chat_participants_user` ON `chat_participants`');
    await queryRunner.query('DROP TABLE `chat_participants`');
    await queryRunner.query('DROP INDEX `chats_direct_key` ON `chats`');
    await queryRunner.query('DROP INDEX `chats_open` ON `chats`');
    await queryRunner.query('DROP INDEX `chats_members` ON `chats`');
    await queryRunner.query('DROP TABLE `chats`');
    await queryRunner.query('DROP TABLE `chat_events`');
    await queryRunner.query('DROP INDEX `users_username` ON `users`');
    await queryRunner.query('DROP INDEX `users_email` ON `users`');
    await queryRunner.query('DROP INDEX `users_full_name` ON `users`');
    await queryRunner.query('DROP TABLE `users`');
    await queryRunner.query('DROP INDEX `sessions_user` ON `sessions`');
    await queryRunner.query('DROP INDEX `sessions_end` ON `sessions`');
    await queryRunner.query('DROP TABLE `sessions`');
    await queryRunner.query('DROP TABLE `id_blocks`');
  }
}
