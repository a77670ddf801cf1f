export * from './store-probes';
