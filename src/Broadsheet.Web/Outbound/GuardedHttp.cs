using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Broadsheet.Core;

namespace Broadsheet.Web.Outbound;

/// <summary>What a caller allows.</summary>
/// <param name="MaxBytes">Of the body, as it comes out of its coding.</param>
/// <param name="Time">For everything: name, connection, redirects, body.</param>
internal sealed record OutboundLimits(long MaxBytes, TimeSpan Time, int MaxRedirects = 5);

/// <summary>What makes a request conditional (RFC 9110, 13): as the last answer gave them; null for none.</summary>
internal sealed record OutboundConditions(string? ETag, string? LastModified);

/// <summary>An answer of any status but a redirect.</summary>
/// <param name="Address">Where it was found in the end.</param>
/// <param name="MovedForGood">There were redirects, and all of them said that they are permanent (301, 308).</param>
internal sealed record OutboundAnswer(HttpResponseMessage Response, Stream Body, Uri Address, bool MovedForGood);

/// <summary>
/// The one way to the outside. Addresses are checked when they are connected to, so that no name can change its mind in between; each
/// redirect is checked like the first address; no cookies, no credentials, no proxy of the environment. An operator allows hosts of the
/// own network by name (<c>Outbound:AllowHosts</c>, with a port where it is not 80 or 443).
/// </summary>
internal sealed class GuardedHttp : IDisposable
{
    private readonly HashSet<string> _allowed;
    private readonly HttpClient _http;
    private readonly HttpMessageInvoker _invoker;

    /// <param name="allowHosts"><c>host</c> or <c>host:port</c>, any letter case.</param>
    public GuardedHttp(IEnumerable<string> allowHosts)
    {
        _allowed = new HashSet<string>(allowHosts, StringComparer.OrdinalIgnoreCase);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            MaxConnectionsPerServer = 4,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Broadsheet", typeof(GuardedHttp).Assembly.GetName().Version?.ToString(3)));
    }

    /// <summary>Gets an address and hands its body to <paramref name="read"/>, once, if the answer is a success.</summary>
    /// <returns>What <paramref name="read"/> gave; or why there was nothing to read (field: the address).</returns>
    public async Task<Outcome<T>> GetAsync<T>(string address, OutboundLimits limits, Func<HttpResponseMessage, Stream, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        var asked = await AskAsync<Outcome<T>>(address, limits, null, async (answer, token) => answer.Response.IsSuccessStatusCode ? await read(answer.Response, answer.Body, token) : new Problem(address, $"answered {(int)answer.Response.StatusCode}"), ct);
        return asked.Problem is { } problem ? problem : asked.Value;
    }

    /// <summary>As <see cref="GetAsync"/>, but hands over every answer that is no redirect, whatever its status, so that its caller can tell <c>304</c>, <c>410</c> and <c>429</c> apart.</summary>
    public async Task<Outcome<T>> AskAsync<T>(string address, OutboundLimits limits, OutboundConditions? conditions, Func<OutboundAnswer, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(limits.Time);
        try
        {
            return await FollowAsync(address, limits, conditions, read, time.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Problem(address, $"no whole answer within {limits.Time.TotalSeconds:0} seconds");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return new Problem(address, Reason(failure));
        }
    }

    /// <summary>Sends a request of another library, which brings its own method, headers and body. Redirects are not followed: the answer is given as it is, its body read whole.</summary>
    /// <exception cref="HttpRequestException">It must not be called, cannot be reached, does not answer in time, or says too much.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, OutboundLimits limits, CancellationToken ct)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } uri) throw new HttpRequestException("not an address");
        if (Refuse(uri) is { } reason) throw new HttpRequestException($"{uri.Host}: {reason}");
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(limits.Time);
        HttpResponseMessage? response = null;
        try
        {
            response = await _invoker.SendAsync(request, time.Token);
            using var copy = new MemoryStream();
            await using (var body = new LimitedStream(await response.Content.ReadAsStreamAsync(time.Token), limits.MaxBytes, TooLarge(limits))) await body.CopyToAsync(copy, time.Token);
            var content = new ByteArrayContent(copy.ToArray());
            foreach (var (name, values) in response.Content.Headers)
                if (name is not ("Content-Length" or "Content-Encoding")) content.Headers.TryAddWithoutValidation(name, values);
            response.Content = content;
            return response;
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or SocketException or HttpRequestException)
        {
            response?.Dispose();
            if (failure is OperationCanceledException && ct.IsCancellationRequested) throw;
            throw new HttpRequestException(failure is OperationCanceledException ? $"{uri.Host}: no whole answer within {limits.Time.TotalSeconds:0} seconds" : $"{uri.Host}: {Reason(failure)}", failure);
        }
    }

    /// <summary>In words for whoever typed the address, where the system has only its own.</summary>
    private static string Reason(Exception failure) => Refusal.In(failure)?.Message ?? failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "no server of this name is known",
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } => "no server of this name is known",
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "the server takes no connections there",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no safe connection: its certificate, or its encryption, is not as it should be",
        _ => failure.Message.ReplaceLineEndings(" "),
    };

    public void Dispose()
    {
        _invoker.Dispose();
        _http.Dispose();
    }

    private async Task<Outcome<T>> FollowAsync<T>(string address, OutboundLimits limits, OutboundConditions? conditions, Func<OutboundAnswer, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)) return new Problem(address, "not an address");
        var isForGood = true;
        for (var redirects = 0; ; redirects++)
        {
            if (Refuse(uri) is { } reason) return new Problem(address, reason);
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            if (conditions?.ETag is { } tag) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            if (conditions?.LastModified is { } date) request.Headers.TryAddWithoutValidation("If-Modified-Since", date);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location)
            {
                if (redirects == limits.MaxRedirects) return new Problem(address, $"more than {limits.MaxRedirects} redirects");
                if (!Uri.TryCreate(uri, location, out var next)) return new Problem(address, "a redirect to something that is not an address");
                uri = next;
                isForGood &= (int)response.StatusCode is 301 or 308;
                continue;
            }
            if (response.Content.Headers.ContentLength > limits.MaxBytes) return new Problem(address, TooLarge(limits));
            await using var body = new LimitedStream(await response.Content.ReadAsStreamAsync(ct), limits.MaxBytes, TooLarge(limits));
            return await read(new OutboundAnswer(response, body, uri, redirects > 0 && isForGood), ct);
        }
    }

    private string? Refuse(Uri uri)
    {
        if (uri.Scheme is not ("http" or "https")) return $"{uri.Scheme} addresses are not called";
        if (uri.UserInfo.Length > 0) return "addresses with a name and password are not called";
        return uri.Port is 80 or 443 || IsAllowed(uri.IdnHost, uri.Port) ? null : $"port {uri.Port} is not called";
    }

    private bool IsAllowed(string host, int port) => (port is 80 or 443 && _allowed.Contains(host)) || _allowed.Contains($"{host}:{port}");

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, ct);
        if (!IsAllowed(host.Trim('[', ']'), port) && Array.Exists(addresses, PrivateAddresses.Contains)) throw new Refusal($"{host} is an address of a private network");
        if (addresses.Length == 0) throw new Refusal($"{host} has no address");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string TooLarge(OutboundLimits limits) => $"it is larger than {limits.MaxBytes >> 20} MB";

    private sealed class Refusal(string reason) : IOException(reason)
    {
        public static Exception? In(Exception? failure)
        {
            while (failure is not null and not Refusal) failure = failure.InnerException;
            return failure;
        }
    }
}
