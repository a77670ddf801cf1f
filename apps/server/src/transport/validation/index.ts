export * from './ignores-unknown-fields.decorator';
export * from './optional-body.decorator';
export * from './page-query.dto';
export * from './parse-id.pipe';
export * from './to-integer.decorator';
export * from './validate-input';
