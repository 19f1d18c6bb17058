using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Broadsheet.Web.MediaStore;

/// <summary>The objects of a bucket, by their names below its prefix. What fails is a <see cref="MediaAwayException"/> that says why in a few words and names no secret.</summary>
internal sealed partial class Bucket(BucketOptions options, TimeProvider clock, ILogger<Bucket> log) : IDisposable
{
    /// <summary>Bytes that go out at once; a larger object is sent in parts of this size (S3 takes 5 MB or more, and 10,000 of them).</summary>
    public const int PartSize = 8 << 20;

    /// <summary>After a silence nobody waits for the bucket again so soon.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private const int MostTries = 4;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceForPart = TimeSpan.FromMinutes(2);

    private readonly AmazonS3Client _client = BucketClient.Of(options);
    private long _restsUntil;
    private volatile bool _isSilent;

    /// <returns>Null where there is no such object.</returns>
    public Task<ObjectFacts?> HeadAsync(string name, CancellationToken ct) => AskAsync<ObjectFacts?>(async token =>
    {
        var head = await _client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = options.Name, Key = KeyOf(name) }, token);
        return new ObjectFacts(head.ContentLength, head.ETag, head.LastModified);
    }, Patience, ct, missing: static () => null);

    /// <param name="to">The last byte; null for all that follows.</param>
    /// <returns>Null where there is no such object, or it ends before <paramref name="from"/>.</returns>
    public Task<ObjectBody?> GetAsync(string name, long from, long? to, CancellationToken ct) => AskAsync<ObjectBody?>(async token =>
    {
        var request = new GetObjectRequest { BucketName = options.Name, Key = KeyOf(name) };
        if (from > 0 || to is not null) request.ByteRange = to is { } last ? new ByteRange(from, last) : new ByteRange($"bytes={from}-");
        return new ObjectBody(await _client.GetObjectAsync(request, token));
    }, Patience, ct, missing: static () => null);

    /// <summary>Puts an object of up to <see cref="PartSize"/> bytes.</summary>
    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct) => AskAsync(async token =>
    {
        await using var stream = StreamOf(content);
        await _client.PutObjectAsync(new PutObjectRequest { BucketName = options.Name, Key = KeyOf(name), InputStream = stream, UseChunkEncoding = false }, token);
        return true;
    }, PatienceForPart, ct);

    /// <summary>Puts an object of any size, with one part of it in memory. It appears whole or not at all.</summary>
    /// <exception cref="IOException">It could not be stored, or has more than <paramref name="maxBytes"/>.</exception>
    public async Task SaveAsync(string name, Stream content, long maxBytes, CancellationToken ct)
    {
        var size = content.CanSeek ? (int)Math.Min(PartSize, content.Length - content.Position + 1) : PartSize;
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var part = buffer.AsMemory(0, size);
            var read = await content.ReadAtLeastAsync(part, size, throwOnEndOfStream: false, ct);
            if (read > maxBytes) throw LimitedCopy.TooLarge(maxBytes);
            if (read < size) await PutAsync(name, part[..read], ct);
            else await SendPartsAsync(name, content, part, maxBytes, ct);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public Task RemoveAsync(string name, CancellationToken ct) => AskAsync(async token =>
    {
        await _client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = options.Name, Key = KeyOf(name) }, token);
        return true;
    }, Patience, ct, missing: static () => true);

    public async IAsyncEnumerable<(string Name, ObjectFacts Facts)> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        string? next = null;
        do
        {
            var page = await AskAsync(token => _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = options.Name, Prefix = KeyOf(prefix), ContinuationToken = next }, token), PatienceForPart, ct);
            foreach (var o in page.S3Objects ?? []) yield return (o.Key[options.Prefix.Length..], new ObjectFacts(o.Size ?? 0, o.ETag, o.LastModified));
            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }

    /// <summary>For what would lose much by failing: waits while the bucket rests, and asks again after a silence, <see cref="MostTries"/> times in all.</summary>
    public async Task InsistAsync(Func<Task> ask, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            if (RestLeft is { Ticks: > 0 } rest) await Task.Delay(rest, clock, ct);
            try
            {
                await ask();
                return;
            }
            catch (MediaAwayException) when (tries < MostTries && RestLeft > TimeSpan.Zero)
            {
                // It was silent. What it refuses is not asked again.
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private TimeSpan RestLeft => TimeSpan.FromTicks(Volatile.Read(ref _restsUntil) - clock.GetUtcNow().UtcTicks);

    /// <summary>Waits for what was asked, for so long and no longer.</summary>
    /// <param name="missing">What is answered where there is no such object; null where that is a failure.</param>
    private async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan patience, CancellationToken ct, Func<T>? missing = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            var answer = await AgainWhereUnreadableAsync(ask, limit.Token);
            if (_isSilent) Log.Answers(log, options);
            _isSilent = false;
            return answer;
        }
        catch (AmazonServiceException none) when (missing is not null && none.ErrorCode is "NoSuchKey" or "NotFound" or "InvalidRange")
        {
            return missing();
        }
        catch (AmazonServiceException refusal) when ((int)refusal.StatusCode is (>= 300 and < 500 and not 429) or 501)
        {
            throw new MediaAwayException($"the bucket answers {refusal.ErrorCode}");
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is AmazonClientException or AmazonServiceException or HttpRequestException or IOException or OperationCanceledException or ArgumentException)
        {
            Volatile.Write(ref _restsUntil, (clock.GetUtcNow() + Rest).UtcTicks);
            if (!_isSilent) Log.Silent(log, options, failure.GetType().Name);
            _isSilent = true;
            throw new MediaAwayException("the bucket does not answer");
        }
    }

    /// <summary>An answer that the client cannot read, such as an ETag of another form, is an argument out of range to it. Some servers give one while another writer is half done: a moment later they do not.</summary>
    private static async Task<T> AgainWhereUnreadableAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return await ask(ct);
        }
        catch (ArgumentException)
        {
            await Task.Delay(Moment, TimeProvider.System, ct);
            return await ask(ct);
        }
    }

    /// <summary>Right after a silence, nothing is asked.</summary>
    private Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan patience, CancellationToken ct, Func<T>? missing = null) =>
        RestLeft > TimeSpan.Zero ? throw new MediaAwayException("the bucket does not answer") : WaitAsync(ask, patience, ct, missing);

    private async Task SendPartsAsync(string name, Stream content, Memory<byte> part, long maxBytes, CancellationToken ct)
    {
        var key = KeyOf(name);
        var upload = (await AskAsync(token => _client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = options.Name, Key = key }, token), Patience, ct)).UploadId;
        try
        {
            var (sent, total) = (new List<PartETag>(), 0L);
            for (var read = part.Length; read > 0; read = await content.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, ct))
            {
                if ((total += read) > maxBytes) throw LimitedCopy.TooLarge(maxBytes);
                var (number, bytes) = (sent.Count + 1, part[..read]);
                await InsistAsync(async () => sent.Add(await AskAsync(async token =>
                {
                    await using var stream = StreamOf(bytes);
                    var answer = await _client.UploadPartAsync(new UploadPartRequest { BucketName = options.Name, Key = key, UploadId = upload, PartNumber = number, PartSize = bytes.Length, InputStream = stream, UseChunkEncoding = false }, token);
                    return new PartETag(number, answer.ETag);
                }, PatienceForPart, ct)), ct);
            }
            await InsistAsync(() => AskAsync(token => _client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = options.Name, Key = key, UploadId = upload, PartETags = sent }, token), PatienceForPart, ct), ct);
        }
        catch
        {
            await ForgetPartsAsync(key, upload);
            throw;
        }
    }

    /// <summary>What is not put together lies in the bucket, unseen and paid for.</summary>
    private async Task ForgetPartsAsync(string key, string upload)
    {
        try
        {
            await InsistAsync(() => AskAsync(token => _client.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = options.Name, Key = key, UploadId = upload }, token), Patience, CancellationToken.None), CancellationToken.None);
        }
        catch (MediaAwayException)
        {
            // The bucket's own rule for such parts clears them, where it has one (see the guide).
        }
    }

    /// <summary>Without a copy: a film has many parts.</summary>
    private static MemoryStream StreamOf(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(content.ToArray(), writable: false);

    private string KeyOf(string name) => options.Prefix + name;

    private static partial class Log
    {
        [LoggerMessage(EventId = 3030, Level = LogLevel.Warning, Message = "The bucket {Bucket} does not answer ({Failure}): what is not kept on this node is answered with 503")]
        public static partial void Silent(ILogger log, BucketOptions bucket, string failure);

        [LoggerMessage(EventId = 3031, Level = LogLevel.Warning, Message = "The bucket {Bucket} answers again")]
        public static partial void Answers(ILogger log, BucketOptions bucket);
    }
}
