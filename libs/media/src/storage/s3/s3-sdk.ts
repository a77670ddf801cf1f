/** The packages that speak to S3. */
export type Sdk = Awaited<ReturnType<typeof loadSdk>>;

/** Loaded only where they are needed: they take 35 MB. */
export async function loadSdk() {
  const [{ GetObjectCommand, HeadObjectCommand, S3 }, { Upload }, { getSignedUrl }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/lib-storage'),
    import('@aws-sdk/s3-request-presigner'),
  ]);
  return { GetObjectCommand, HeadObjectCommand, S3, Upload, getSignedUrl };
}
