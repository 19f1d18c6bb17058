using Broadsheet.Web.Hosting;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Web.Tests.Hosting;

public sealed class ErrorPagesTests(SqliteSite site) : IClassFixture<SqliteSite>
{
    [Theory]
    [InlineData("/account/sign-in/link/SECRET/", "/account/sign-in/link/…")]
    [InlineData("/Account/Sign-In/Link/SECRET/", "/account/sign-in/link/…")]
    [InlineData("/setup/SECRET/", "/setup/…")]
    [InlineData("/2026/01/02/an-article/", "/2026/01/02/an-article/")]
    [InlineData("/setup", "/setup")]
    public async Task A_failure_is_logged_without_the_secrets_of_its_address(string path, string logged)
    {
        var log = new Lines();
        var pages = new ErrorPages(_ => throw new InvalidOperationException("The database is away."), site.Engine, log);
        var http = new DefaultHttpContext { Request = { Method = "GET", Path = path } };

        await pages.InvokeAsync(http);

        Assert.Equal(500, http.Response.StatusCode);
        Assert.Equal($"GET {logged} failed", Assert.Single(log));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    public async Task A_form_that_breaks_off_is_no_fault_of_ours_also_where_its_token_was_looked_for(int status)
    {
        var log = new Lines();
        var pages = new ErrorPages(_ => throw new AntiforgeryValidationException("The token could not be read.", new BadHttpRequestException("Unexpected end of request content.", status)), site.Engine, log);
        var http = new DefaultHttpContext { Request = { Method = "POST", Path = "/newsroom/articles/3/autosave/" } };

        await pages.InvokeAsync(http);

        Assert.Equal(status, http.Response.StatusCode);
        Assert.Empty(log);
    }

    private sealed class Lines : List<string>, ILogger<ErrorPages>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Add(formatter(state, exception));
    }
}
