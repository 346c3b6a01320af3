// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/http_server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace test
{

namespace
{

constexpr int kPollMilliseconds = 10;

std::string receiveHead(int connection)
{
    std::string head;
    std::array<char, 4096> buffer{};
    while (head.find("\r\n\r\n") == std::string::npos) {
        const ssize_t count = recv(connection, buffer.data(), buffer.size(), 0);
        if (count <= 0)
            break;
        head.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return head;
}

std::size_t rangeStart(const std::string& head)
{
    const std::string key = "Range: bytes=";
    const auto at = head.find(key);
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + key.size()));
}

void sendAll(int connection, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

} // namespace

HttpServer::HttpServer(std::map<std::string, Answer> answers) : m_answers(std::move(answers))
{
    // A proxy of the machine must not come between a test and its own server.
    setenv("no_proxy", "127.0.0.1", 1);
    m_socket = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in place = {};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(place);
    auto* const generic = reinterpret_cast<sockaddr*>(&place);
    if (bind(m_socket, generic, length) != 0 || listen(m_socket, 8) != 0 ||
        getsockname(m_socket, generic, &length) != 0)
        throw std::runtime_error("no server could be opened on 127.0.0.1");
    m_port = ntohs(place.sin_port);
    m_thread = std::thread([this] { serve(); });
}

HttpServer::~HttpServer()
{
    m_closing = true;
    m_thread.join();
    close(m_socket);
}

std::string HttpServer::address(const std::string& path) const
{
    return "http://127.0.0.1:" + std::to_string(m_port) + path;
}

std::vector<std::string> HttpServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void HttpServer::serve()
{
    while (!m_closing) {
        pollfd waiting = {m_socket, POLLIN, 0};
        if (poll(&waiting, 1, kPollMilliseconds) <= 0)
            continue;
        const int connection = accept(m_socket, nullptr, nullptr);
        if (connection < 0)
            continue;
        answer(connection);
        close(connection);
    }
}

void HttpServer::answer(int connection)
{
    const std::string head = receiveHead(connection);
    const auto begin = head.find(' ') + 1;
    const std::string path = head.substr(begin, head.find(' ', begin) - begin);
    const std::size_t asked = rangeStart(head);
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(path + " " + std::to_string(asked));
    }
    const auto found = m_answers.find(path);
    const Answer reply = found == m_answers.end() ? Answer{404, "<html>no</html>"} : found->second;
    const std::size_t size = reply.content.size();
    const std::size_t offset = reply.ranges && reply.status == 200 ? asked : 0;
    if (offset > 0 && offset >= size) {
        sendAll(connection, "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    std::string replyHead =
        "HTTP/1.1 " + std::to_string(offset > 0 ? 206 : reply.status) +
        " -\r\nConnection: close\r\nContent-Length: " + std::to_string(size - offset) + "\r\n";
    if (offset > 0)
        replyHead += "Content-Range: bytes " + std::to_string(offset) + "-" +
                     std::to_string(size - 1) + "/" + std::to_string(size) + "\r\n";
    sendAll(connection, replyHead + "\r\n");
    sendBody(connection, reply, offset);
}

void HttpServer::sendBody(int connection, const Answer& reply, std::size_t offset)
{
    std::string_view body = std::string_view(reply.content).substr(offset);
    if (reply.cutAfter > 0)
        body = body.substr(0, reply.cutAfter);
    sendAll(connection, body);
    while (reply.stall && !m_closing) {
        pollfd waiting = {connection, POLLIN, 0};
        if (poll(&waiting, 1, kPollMilliseconds) > 0)
            return; // the other side has hung up
    }
}

} // namespace test
